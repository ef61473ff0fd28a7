import Glibc

/// A process of ours that nobody has waited for yet: as long as that is so, its number is no other process's.
struct Child {
  let pid: pid_t
  /// Whether it has a group of its own, by its number.
  let leadsGroup: Bool

  /// How it ended; nil while it runs. It stays to be buried.
  func end() throws(ChildProcess.Failure) -> ChildEnd? {
    var info = siginfo_t()
    while waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT) < 0 {
      guard errno == EINTR else { throw .endUnknown }
    }
    guard info.si_signo == SIGCHLD else { return nil }
    let status = info._sifields._sigchld.si_status
    return Int(info.si_code) == Int(CLD_EXITED) ? .exited(status) : .killed(signal: status)
  }

  /// Ends what is left of it and of its group, and waits for it. Before that wait, because afterwards the number may be
  /// somebody else's.
  func bury() {
    if leadsGroup { kill(-pid, SIGKILL) }
    kill(pid, SIGKILL)
    // A killed process is gone in no time, unless the kernel itself is stuck in a call of its (a dead file server). Nobody
    // has to wait for that but a thread of its own.
    for _ in 0..<50 {
      if waitpid(pid, nil, WNOHANG) != 0 { return }
      usleep(1000)
    }
    var thread = pthread_t()
    let wait: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { number in
      waitpid(pid_t(Int(bitPattern: number)), nil, 0)
      return nil
    }
    if pthread_create(&thread, nil, wait, UnsafeMutableRawPointer(bitPattern: Int(pid))) == 0 { pthread_detach(thread) }
  }
}
