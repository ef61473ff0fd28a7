// What a program has around the pieces of Swift that the guides show. `scripts/check-guides` compiles them together.

import Cognito
import FoundationEssentials

let pool = try! UserPool(id: "eu-north-1_AbCdEfGhI")
let client = try! UserPoolClient(pool: pool, clientID: "1example23456789")
let session = UserSession(client: client)
let password = ""
let bearer = ""
let tokens = TokenSet(
  idToken: "", accessToken: "", refreshToken: nil, expiresAt: Date(timeIntervalSince1970: 0), subject: "", username: "")

struct UnsupportedStep: Error {}
struct Forbidden: Error {}

func ask(_ prompt: String) -> String { prompt }
func show(qrCode text: String) {}
func store(_ tokens: TokenSet) async throws {}
