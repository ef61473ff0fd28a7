import Glibc
import LoginRecords
import SystemSupport

ProcessHardening.apply()
exit(UserdbProgram(arguments: Array(CommandLine.arguments.dropFirst())).run())
