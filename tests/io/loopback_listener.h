#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace waywarden::test {

/// The port that the hostile example files ask for.
inline constexpr int kPort = 18999;

inline sockaddr_in loopback() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(kPort);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/// Counts who connects. Tests run side by side share the port: each waits until it is free.
class LoopbackListener {
 public:
  LoopbackListener() {
    for (int attempt = 0; attempt < 600 && !listening_; ++attempt) {
      if (attempt > 0) std::this_thread::sleep_for(std::chrono::milliseconds(100));
      listening_ = listen_once();
    }
    if (listening_) thread_ = std::thread([this] { count(); });
  }
  ~LoopbackListener() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
    if (socket_ >= 0) close(socket_);
  }
  LoopbackListener(const LoopbackListener&) = delete;
  LoopbackListener& operator=(const LoopbackListener&) = delete;

  bool listening() const { return listening_; }
  /// Waits a little for who is under way.
  int connections() const {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    return connections_;
  }

 private:
  bool listen_once() {
    if (socket_ >= 0) close(socket_);
    socket_ = socket(AF_INET, SOCK_STREAM, 0);
    const int yes = 1;
    setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    const sockaddr_in address = loopback();
    return bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 &&
           listen(socket_, 16) == 0;
  }

  void count() {
    while (!stop_) {
      pollfd waiting{socket_, POLLIN, 0};
      if (poll(&waiting, 1, 50) <= 0) continue;
      const int peer = accept(socket_, nullptr, nullptr);
      if (peer < 0) continue;
      ++connections_;
      close(peer);
    }
  }

  int socket_ = -1;
  bool listening_ = false;
  std::atomic<bool> stop_ = false;
  std::atomic<int> connections_ = 0;
  std::thread thread_;
};

/// Shows that the listener hears: connects once.
inline void knock() {
  const int peer = socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in address = loopback();
  connect(peer, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
  close(peer);
}

}  // namespace waywarden::test
