package dev.larder.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A link to a server that can stall: connections stay open, and bytes under way are held back until
 * it goes on. What the client sent before it hung up still reaches the server.
 */
final class StallingProxy implements AutoCloseable {

  private final int target;
  private final ServerSocket listener;
  private final List<Socket> sockets = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition goesOn = lock.newCondition();
  private boolean stalled;

  StallingProxy(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run("accept", this::accept);
  }

  String uri() {
    return "redis://127.0.0.1:" + listener.getLocalPort();
  }

  void stall() {
    setStalled(true);
  }

  void goOn() {
    setStalled(false);
  }

  @Override
  public void close() {
    goOn();
    lock.lock();
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      lock.lock();
      try {
        sockets.add(client);
        sockets.add(server);
      } finally {
        lock.unlock();
      }
      run("there", () -> pump(client, server));
      run("back", () -> pump(server, client));
    }
  }

  private void pump(Socket from, Socket to) throws IOException, InterruptedException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[65_536];
    int length;
    try {
      while ((length = in.read(buffer)) >= 0) {
        lock.lock();
        try {
          while (stalled) {
            goesOn.await();
          }
        } finally {
          lock.unlock();
        }
        out.write(buffer, 0, length);
      }
    } finally {
      // An answer to one who hung up makes the end come as a reset; the server must see it too.
      to.shutdownOutput();
    }
  }

  private void setStalled(boolean stalled) {
    lock.lock();
    try {
      this.stalled = stalled;
      goesOn.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private interface Task {
    void run() throws IOException, InterruptedException;
  }

  private static void run(String name, Task task) {
    Thread thread = new Thread(
        () -> {
          try {
            task.run();
          } catch (IOException | InterruptedException ended) {
            // One side hung up, or the test is over.
          }
        },
        "stalling-proxy-" + name);
    thread.setDaemon(true);
    thread.start();
  }
}
