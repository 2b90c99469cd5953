package dev.larder.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A proxy on a free port of the loopback address that forwards to a server there, and whose lines a
 * test stalls, cuts and slows down.
 *
 * <p>A stalled line is what a half-open connection looks like: no byte comes, and no end either.
 * Safe for use by many threads.
 */
public final class TcpProxy implements AutoCloseable {

  /** Which way bytes go. */
  public enum Direction {
    /** From the client: commands. */
    TO_SERVER,
    /** From the server: answers. */
    TO_CLIENT
  }

  private final int serverPort;
  private final ServerSocket listener;
  private final Set<Line> lines = ConcurrentHashMap.newKeySet();
  private final Map<Direction, AtomicLong> bytes = new EnumMap<>(Direction.class);
  private final AtomicLong accepted = new AtomicLong();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Direction, Boolean> stalled = new EnumMap<>(Direction.class);
  private final Map<Direction, Long> delayNanos = new EnumMap<>(Direction.class);
  private volatile boolean refusing;

  private TcpProxy(int serverPort, ServerSocket listener) {
    this.serverPort = serverPort;
    this.listener = listener;
    for (Direction direction : Direction.values()) {
      bytes.put(direction, new AtomicLong());
    }
  }

  /** Opens a proxy to a port of the loopback address. The server need not be there yet. */
  public static TcpProxy to(int serverPort) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      TcpProxy proxy = new TcpProxy(serverPort, listener);
      Thread unused = start("accept", proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("no port for a proxy", e);
    }
  }

  /** Where clients connect to. */
  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections are open. */
  public int connections() {
    return lines.size();
  }

  /** How many connections were accepted so far. */
  public long accepted() {
    return accepted.get();
  }

  /** How many bytes were forwarded so far. */
  public long bytes(Direction direction) {
    return bytes.getOrDefault(direction, new AtomicLong()).get();
  }

  /** Holds back what goes the given way, on open and on new connections, until {@link #resume}. */
  public void stall(Direction direction) {
    change(() -> stalled.put(direction, true));
  }

  /** Holds back everything, until {@link #resume}. */
  public void stall() {
    stall(Direction.TO_SERVER);
    stall(Direction.TO_CLIENT);
  }

  /** Forwards again, first what was held back. New connections are accepted again. */
  public void resume() {
    refusing = false;
    change(stalled::clear);
  }

  /** Delivers what goes the given way later by a time, in order. Zero: at once. */
  public void delay(Direction direction, Duration time) {
    change(() -> delayNanos.put(direction, time.toNanos()));
  }

  /** Resets all open connections; what was held back is lost. New ones are accepted. */
  public void cut() {
    lines.forEach(Line::reset);
  }

  /** Resets all open connections, and each new one at once, until {@link #resume}. */
  public void refuse() {
    refusing = true;
    cut();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    refuse();
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (refusing) {
          reset(client);
          continue;
        }
        accepted.incrementAndGet();
        Socket server = new Socket();
        Line line = new Line(client, server);
        try {
          server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort));
          client.setTcpNoDelay(true);
          server.setTcpNoDelay(true);
        } catch (IOException noServer) {
          line.reset();
          continue;
        }
        lines.add(line);
        line.start();
        if (refusing) {
          line.reset();
        }
      } catch (IOException closed) {
        // The listener was closed, or the client left before it was accepted.
      }
    }
  }

  private static Thread start(String name, Runnable run) {
    Thread thread = new Thread(run, "larder-proxy-" + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException closed) {
      // Then there is nothing to reset.
    }
    try {
      socket.close();
    } catch (IOException closed) {
      // Likewise.
    }
  }

  /** Bytes and when they are due; no bytes: the sender has shut down its side. */
  private record Chunk(byte[] data, long dueNanos) {}

  /** One connection, with a reader and a writer each way. */
  private final class Line {
    private final Socket client;
    private final Socket server;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    Line(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void start() {
      pump(Direction.TO_SERVER, client, server);
      pump(Direction.TO_CLIENT, server, client);
      if (over) {
        reset();
      }
    }

    private void pump(Direction direction, Socket from, Socket to) {
      BlockingQueue<Chunk> queue = new ArrayBlockingQueue<>(1_024);
      threads.add(TcpProxy.start("read", () -> read(direction, from, queue)));
      threads.add(TcpProxy.start("write", () -> write(direction, to, queue)));
    }

    private void read(Direction direction, Socket from, BlockingQueue<Chunk> queue) {
      byte[] buffer = new byte[64 * 1024];
      try {
        InputStream in = from.getInputStream();
        int count;
        do {
          count = in.read(buffer);
          byte[] data = Arrays.copyOf(buffer, Math.max(0, count));
          queue.put(new Chunk(data, System.nanoTime() + delay(direction)));
        } while (count >= 0);
      } catch (IOException | InterruptedException broken) {
        reset();
      }
    }

    private void write(Direction direction, Socket to, BlockingQueue<Chunk> queue) {
      try {
        OutputStream out = to.getOutputStream();
        while (true) {
          Chunk chunk = queue.take();
          awaitTurn(direction, chunk.dueNanos());
          if (chunk.data().length == 0) {
            to.shutdownOutput();
            end();
            return;
          }
          out.write(chunk.data());
          bytes.getOrDefault(direction, new AtomicLong()).addAndGet(chunk.data().length);
        }
      } catch (IOException | InterruptedException broken) {
        reset();
      }
    }

    private long delay(Direction direction) {
      lock.lock();
      try {
        return delayNanos.getOrDefault(direction, 0L);
      } finally {
        lock.unlock();
      }
    }

    private void awaitTurn(Direction direction, long dueNanos)
        throws IOException, InterruptedException {
      lock.lock();
      try {
        while (true) {
          if (over) {
            throw new IOException("the line was cut");
          }
          long left = dueNanos - System.nanoTime();
          if (stalled.getOrDefault(direction, false)) {
            changed.await();
          } else if (left > 0) {
            changed.awaitNanos(left);
          } else {
            return;
          }
        }
      } finally {
        lock.unlock();
      }
    }

    /** After an orderly end of both ways. */
    private void end() {
      if (client.isOutputShutdown() && server.isOutputShutdown()) {
        reset();
      }
    }

    void reset() {
      over = true;
      lines.remove(this);
      TcpProxy.reset(client);
      TcpProxy.reset(server);
      threads.forEach(Thread::interrupt);
    }
  }
}
