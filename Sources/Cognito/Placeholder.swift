import CCurl
import COpenSSL
import FoundationEssentials
import Logging

func placeholder() -> Int { Int(curl_global_init(0).rawValue) + Int(RAND_status()) }
