import CCurl
import Glibc
import Synchronization

/// One thread that carries all requests of a transport at once, on libcurl's multi interface: a blocked thread for
/// each of a hundred callers would starve whatever else shares a thread pool with them.
///
/// `@unchecked Sendable`: `jobs` belongs to the thread, `multi` too, but for `curl_multi_wakeup`, which libcurl allows
/// from any thread.
final class CurlLoop: @unchecked Sendable {
  private struct Inbox {
    var transfers: [CurlTransfer] = []
    var isStopped = false
    var hasThread = false
  }

  private let settings: CurlTransport.Settings
  private let multi: UnsafeMutableRawPointer
  private let inbox = Mutex(Inbox())
  private var jobs: [UnsafeMutableRawPointer: CurlJob] = [:]

  init?(_ settings: CurlTransport.Settings) {
    guard let multi = curl_multi_init() else { return nil }
    self.settings = settings
    self.multi = multi
    ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, settings.maximumIdleConnections)
    ccurl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, settings.maximumConnections)
  }

  deinit { curl_multi_cleanup(multi) }

  /// Takes a transfer on. The thread starts with the first one.
  func add(_ transfer: CurlTransfer) {
    let startsThread = inbox.withLock { inbox in
      inbox.transfers.append(transfer)
      defer { inbox.hasThread = true }
      return !inbox.hasThread
    }
    if startsThread, !start() {
      inbox.withLock { inbox in
        inbox.hasThread = false
        inbox.transfers.removeAll { $0 === transfer }
      }
      transfer.finish(.failure(CognitoError(.network, "The system has no thread for the network.")))
    }
    wake()
  }

  /// Makes the thread look for new, cancelled and stopped work.
  func wake() { curl_multi_wakeup(multi) }

  /// Ends the thread; transfers under way are dropped.
  func stop() {
    inbox.withLock { $0.isStopped = true }
    wake()
  }

  private func start() -> Bool {
    // Signals are for the program's own threads.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var thread = pthread_t()
    let loop = Unmanaged.passRetained(self)
    let code = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<CurlLoop>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, loop.toOpaque())
    guard code == 0 else {
      loop.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private func run() {
    while true {
      let (new, isStopped) = inbox.withLock { inbox in
        defer { inbox.transfers = [] }
        return (inbox.transfers, inbox.isStopped)
      }
      if isStopped { break }
      for transfer in new where !transfer.isAbandoned { begin(transfer) }
      for job in jobs.values where job.transfer.isAbandoned { remove(job) }
      var running: Int32 = 0
      curl_multi_perform(multi, &running)
      collect()
      // Woken by sockets, by libcurl's own timers, or by `wake`.
      curl_multi_poll(multi, nil, 0, endOverdue(), nil)
    }
    for job in jobs.values {
      remove(job)
      job.transfer.cancel()
    }
  }

  private func begin(_ transfer: CurlTransfer, isFresh: Bool = false) {
    do throws(CognitoError) {
      let job = try CurlJob(transfer, settings: settings, isFresh: isFresh)
      guard curl_multi_add_handle(multi, job.handle.pointer) == CURLM_OK else {
        throw CognitoError(.network, "libcurl can't take another request.")
      }
      jobs[job.handle.pointer] = job
    } catch {
      transfer.finish(.failure(error))
    }
  }

  private func remove(_ job: CurlJob) {
    curl_multi_remove_handle(multi, job.handle.pointer)
    jobs[job.handle.pointer] = nil
  }

  /// Ends the jobs whose deadline is over. libcurl sees to it only once a request has a connection: while it waits for
  /// one of `maximumConnections`, its time doesn't end.
  ///
  /// - Returns: milliseconds until there is something to end.
  private func endOverdue() -> Int32 {
    let now = ContinuousClock.now
    for job in jobs.values where job.transfer.deadline <= now {
      let result = job.result(CURLE_OPERATION_TIMEDOUT)
      remove(job)
      job.transfer.finish(result)
    }
    let next = jobs.values.map { now.duration(to: $0.transfer.deadline) / .milliseconds(1) }.min()
    return next.map { Int32(min(60_000, $0.rounded(.up))) } ?? 60_000
  }

  private func collect() {
    var waiting: Int32 = 0
    while let message = curl_multi_info_read(multi, &waiting) {
      guard message.pointee.msg == CURLMSG_DONE, let job = jobs[message.pointee.easy_handle] else { continue }
      let result = job.result(message.pointee.data.result)
      remove(job)
      // Nothing of it has been sent: it is asked where no other answers can be.
      if job.hasForeignAnswer, !job.isFresh { begin(job.transfer, isFresh: true) } else { job.transfer.finish(result) }
    }
  }
}
