print("not built yet")
import ArgumentParser
