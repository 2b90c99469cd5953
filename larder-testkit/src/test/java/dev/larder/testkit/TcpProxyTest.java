package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.testkit.TcpProxy.Direction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

  private static final int PATIENCE_MILLIS = 30_000;

  private final ServerSocket echo;
  private final TcpProxy proxy;

  TcpProxyTest() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    proxy = TcpProxy.to(echo.getLocalPort());
    Thread server = new Thread(this::serve);
    server.setDaemon(true);
    server.start();
  }

  private void serve() {
    try {
      while (true) {
        Socket socket = echo.accept();
        Thread line = new Thread(() -> {
          try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
          } catch (IOException cut) {
            // The test did that.
          }
        });
        line.setDaemon(true);
        line.start();
      }
    } catch (IOException closed) {
      // At the end of the test.
    }
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    echo.close();
  }

  private Socket client() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    client.setSoTimeout(PATIENCE_MILLIS);
    return client;
  }

  private static void send(Socket client, int b) throws IOException {
    client.getOutputStream().write(b);
  }

  private static void assertEcho(Socket client, int b) throws IOException {
    send(client, b);
    assertThat(client.getInputStream().read()).isEqualTo(b);
  }

  private static void assertSilent(Socket client) throws IOException {
    client.setSoTimeout(50);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    client.setSoTimeout(PATIENCE_MILLIS);
  }

  @Test
  void forwards_bothWays() throws IOException {
    try (Socket client = client()) {
      assertEcho(client, 1);
      byte[] large = new byte[1 << 20];
      large[large.length - 1] = 42;
      Thread sender = new Thread(() -> {
        try {
          client.getOutputStream().write(large);
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      });
      sender.start();
      assertThat(client.getInputStream().readNBytes(large.length)).isEqualTo(large);
      assertThat(proxy.bytes(Direction.TO_SERVER)).isEqualTo(large.length + 1);
      assertThat(proxy.accepted()).isEqualTo(1);
    }
  }

  @Test
  void end_isForwarded() throws IOException {
    try (Socket client = client()) {
      send(client, 7);
      client.shutdownOutput();
      assertThat(client.getInputStream().read()).isEqualTo(7);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
    Awaitility.await().until(() -> proxy.connections() == 0);
  }

  @Test
  void stall_toServer_holdsBackUntilResume() throws IOException {
    try (Socket client = client()) {
      assertEcho(client, 1);
      proxy.stall(Direction.TO_SERVER);
      send(client, 2);
      assertSilent(client);
      assertThat(proxy.bytes(Direction.TO_SERVER)).isEqualTo(1);
      proxy.resume();
      assertThat(client.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void stall_toClient_holdsBackAnswersAlone() throws IOException {
    try (Socket client = client()) {
      assertEcho(client, 1);
      proxy.stall(Direction.TO_CLIENT);
      send(client, 2);
      Awaitility.await().until(() -> proxy.bytes(Direction.TO_SERVER) == 2);
      assertSilent(client);
      proxy.resume();
      assertThat(client.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void stall_newConnections_hangToo() throws IOException {
    proxy.stall();
    try (Socket client = client()) {
      send(client, 1);
      assertSilent(client);
      proxy.resume();
      assertThat(client.getInputStream().read()).isEqualTo(1);
    }
  }

  @Test
  void cut_resetsOpenConnections() throws IOException {
    try (Socket client = client()) {
      assertEcho(client, 1);
      proxy.cut();
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
      assertThat(proxy.connections()).isZero();
    }
    try (Socket client = client()) {
      assertEcho(client, 2);
    }
  }

  @Test
  void cut_whileStalled_losesWhatWasHeldBack() throws IOException {
    try (Socket client = client()) {
      assertEcho(client, 1);
      proxy.stall();
      send(client, 2);
      proxy.cut();
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
      proxy.resume();
    }
    try (Socket client = client()) {
      assertEcho(client, 3);
    }
  }

  @Test
  void refuse_resetsNewConnections() throws IOException {
    proxy.refuse();
    assertThatThrownBy(() -> {
          try (Socket client = client()) {
            send(client, 1);
            if (client.getInputStream().read() < 0) {
              throw new IOException("ended");
            }
          }
        })
        .isInstanceOf(IOException.class);
    proxy.resume();
    try (Socket client = client()) {
      assertEcho(client, 2);
    }
  }

  @Test
  void delay_deliversLaterAndInOrder() throws IOException {
    try (Socket client = client()) {
      proxy.delay(Direction.TO_CLIENT, Duration.ofMillis(200));
      long from = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        send(client, i);
      }
      assertThat(client.getInputStream().readNBytes(5)).containsExactly(0, 1, 2, 3, 4);
      // Not how long it took, but that nothing came before its time.
      assertThat(System.nanoTime() - from).isGreaterThanOrEqualTo(200_000_000L);
    }
  }
}
