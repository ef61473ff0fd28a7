import CredentialProtocols
import Glibc
import SystemSupport
import TokenCache

ProcessHardening.apply()
exit(HelperProgram(arguments: CommandLine.arguments).run())
