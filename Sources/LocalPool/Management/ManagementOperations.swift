/// Pools, clients, users, groups, sign-up, attributes.
let managementOperations: [any Operation.Type] = []
