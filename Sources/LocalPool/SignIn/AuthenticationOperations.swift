/// Signing in, tokens, second factors and devices.
let authenticationOperations: [any Operation.Type] = []
