import Cognito
import FoundationEssentials
import Testing

@Suite("Groups")
struct GroupTests {
  static let group: JSONValue = [
    "GroupName": "staff", "Description": "all", "Precedence": 3, "RoleArn": "arn:aws:iam::1:role/x",
    "CreationDate": 1, "LastModifiedDate": 2,
  ]

  @Test("a group is made, changed, told and deleted")
  func one() async throws {
    let create = ServiceScript(["Group": Self.group])
    let group = try await create.administrator().createGroup("staff", description: "all", precedence: 3, roleARN: "r")
    #expect(group.name == "staff")
    #expect(group.description == "all")
    #expect(group.precedence == 3)
    #expect(group.created == Date(timeIntervalSince1970: 1))
    create.expectAdminCall(
      "CreateGroup", ["GroupName": "staff", "Description": "all", "Precedence": 3, "RoleArn": "r"])
    let update = ServiceScript(["Group": Self.group])
    try await update.administrator().updateGroup("staff", precedence: 4)
    update.expectAdminCall("UpdateGroup", ["GroupName": "staff", "Precedence": 4])
    let get = ServiceScript(["Group": Self.group])
    #expect(try await get.administrator().group("staff").roleARN == "arn:aws:iam::1:role/x")
    get.expectAdminCall("GetGroup", ["GroupName": "staff"])
    let delete = ServiceScript([:])
    try await delete.administrator().deleteGroup("staff")
    delete.expectAdminCall("DeleteGroup", ["GroupName": "staff"])
  }

  @Test("all pages of groups are listed, of the pool and of a user")
  func lists() async throws {
    let pool = ServiceScript(["Groups": [Self.group], "NextToken": "n"], ["Groups": [["GroupName": "b"]]])
    #expect(try await pool.administrator().groups().collect().map(\.name) == ["staff", "b"])
    #expect(pool.calls.map(\.operation) == ["ListGroups", "ListGroups"])
    #expect(pool.calls.map { $0.body["NextToken"] } == [nil, "n"])
    let user = ServiceScript(["Groups": [Self.group]])
    #expect(try await user.administrator().groups(of: "ada", pageSize: 5).collect().count == 1)
    user.expectAdminCall("AdminListGroupsForUser", ["Username": "ada", "Limit": 5])
    let members = ServiceScript(["Users": [UserAdministrationTests.user]])
    #expect(try await members.administrator().users(inGroup: "staff").collect().first?.username == "ada")
    members.expectAdminCall("ListUsersInGroup", ["GroupName": "staff", "Limit": 60])
  }

  @Test("users are put in and taken out")
  func membership() async throws {
    let add = ServiceScript([:])
    try await add.administrator().addUser("ada", toGroup: "staff")
    add.expectAdminCall("AdminAddUserToGroup", ["Username": "ada", "GroupName": "staff"])
    let remove = ServiceScript([:])
    try await remove.administrator().removeUser("ada", fromGroup: "staff")
    remove.expectAdminCall("AdminRemoveUserFromGroup", ["Username": "ada", "GroupName": "staff"])
    await #expect(throws: CognitoError(.invalidInput, "")) {
      try await add.administrator().addUser("ada", toGroup: "no blanks")
    }
  }

  @Test("a group without a name is malformed")
  func malformed() async {
    await #expect(throws: CognitoError(.malformedResponse, "")) {
      try await ServiceScript([:]).administrator().group("x")
    }
  }
}
