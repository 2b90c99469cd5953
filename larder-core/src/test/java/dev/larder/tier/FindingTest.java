package dev.larder.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.tier.Finding.Level;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class FindingTest {

  private static String found(Throwable failure) {
    Finding finding = Finding.silent("the server", new CompletionException(failure));
    assertThat(finding.subject()).isEqualTo("connection");
    assertThat(finding.level()).isEqualTo(Level.FAULT);
    return finding.found();
  }

  /** Netty's own exceptions are of these classes, under names that say nothing to an operator. */
  @Test
  void silent_saysWhyInWords() {
    ConnectException refused = new ConnectException("Connection refused: localhost/127.0.0.1:1") {};
    assertThat(found(new IOException("Unable to connect: " + refused, refused)))
        .isEqualTo("the server does not answer: nothing listens there");
    assertThat(found(new NoRouteToHostException("x"))).endsWith("there is no way to its machine");
    assertThat(found(new UnknownHostException("x"))).endsWith("no machine has this name");
    assertThat(found(new SocketTimeoutException("x"))).endsWith("no answer in time");
    assertThat(found(new TimeoutException())).endsWith("no answer in time");
    assertThat(found(new ClosedChannelException())).endsWith("it closed the connection");
    assertThat(found(new SSLHandshakeException("no trust")))
        .endsWith("the encrypted connection failed: no trust");
  }

  @Test
  void silent_keepsWhatTheServerSaid_andNoNameOfAClass() {
    assertThat(found(new IllegalStateException("WRONGPASS invalid username-password pair")))
        .isEqualTo("the server does not answer: WRONGPASS invalid username-password pair");
    assertThat(found(new IllegalStateException("first\nsecond"))).endsWith(": first");
    assertThat(found(new IllegalStateException())).doesNotContain("java.");
  }
}
