// What a program has around the pieces of Swift that the guides show. `scripts/check-guides` compiles them together; nothing
// of it ever runs.

import Cognito

func given<Value>() -> Value { fatalError("only compiled") }

let pool: UserPool = given()
let client: UserPoolClient = given()
let session: UserSession = given()
let tokens: TokenSet = given()
let result: SignInResult = given()
let password = ""
let bearer = ""

struct UnsupportedStep: Error {}
struct Forbidden: Error {}

func ask(_ prompt: String) -> String { prompt }
func show(qrCode text: String) {}
func store(_ tokens: TokenSet) async throws {}
func keep(_ device: RememberedDevice, under key: DeviceStorageKey) async throws {}
func find(_ key: DeviceStorageKey) async throws -> RememberedDevice? { nil }
