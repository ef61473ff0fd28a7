import CredentialProtocols
import Glibc
import TokenCache

ProcessHardening.apply()
exit(HelperProgram(arguments: CommandLine.arguments).run())
