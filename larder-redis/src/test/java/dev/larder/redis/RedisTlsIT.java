package dev.larder.redis;

import static dev.larder.redis.Stores.LONG;
import static dev.larder.redis.Stores.PATIENT;
import static dev.larder.redis.Stores.change;
import static dev.larder.redis.Stores.get;
import static dev.larder.redis.Stores.nonce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.TierUnavailableException;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.testkit.EmbeddedRedis;
import dev.larder.tier.StoreSettings;
import dev.larder.tier.Tier.Fill;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that speaks TLS, with a certificate of its own that nobody signed. It is for the name
 * {@code localhost}, and not for the address 127.0.0.1.
 *
 * <p>Who checks it needs a trust store: the JVM's, or that of a Lettuce client of the application's.
 */
class RedisTlsIT {

  private static final String PASSWORD = "changeit";
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

  private static EmbeddedRedis redis;
  private static int port;
  private static Path trustStore;

  @BeforeAll
  static void start(@TempDir Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path keyStore = directory.resolve("server.p12");
    keytool(
        keyStore,
        "-genkeypair -alias redis -keyalg EC -dname CN=localhost -ext SAN=dns:localhost -validity 2");
    KeyStore keys = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
    Path key = pem(
        directory.resolve("key.pem"),
        "PRIVATE KEY",
        keys.getKey("redis", PASSWORD.toCharArray()).getEncoded());
    Path certificate = pem(
        directory.resolve("certificate.pem"),
        "CERTIFICATE",
        keys.getCertificate("redis").getEncoded());
    trustStore = directory.resolve("trusted.p12");
    keytool(trustStore, "-importcert -noprompt -alias redis -file", certificate.toString());
    port = freePort();
    redis = EmbeddedRedis.start(
        "--tls-port",
        Integer.toString(port),
        "--tls-cert-file",
        certificate.toString(),
        "--tls-key-file",
        key.toString(),
        "--tls-ca-cert-file",
        certificate.toString(),
        "--tls-auth-clients",
        "no");
  }

  @AfterAll
  static void stop() {
    if (redis != null) {
      redis.close();
    }
  }

  /** Runs the JDK's tool on a store. */
  private static void keytool(Path store, String options, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of(more));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore"));
    command.add(store.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static Path pem(Path file, String what, byte[] der) throws IOException {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static RedisStore open(String host, String options) {
    return Stores.open("rediss://" + host + ":" + port + options, "tls", PATIENT);
  }

  /** A slot, the log, and the connection on which the log waits. */
  private static void works(RedisStore store) {
    Stores.eventually(store::isConnected);
    redis.flush();
    get(store.tier().plant("tls:a", 0L, 5, LONG));
    assertThat(get(store.tier().fill("tls:a", 5, new Fill(6, new byte[100_000], LONG))))
        .isTrue();
    assertThat(get(store.tier().read("tls:a")).nonce()).isEqualTo(6);
    Position opening = get(store.log().openEpoch(null, 0, 7, nonce())).position();
    LogRecord record = get(store.invalidate(change(Target.key("tls:a")), LONG));
    assertThat(get(store.log().await(opening, 10, LONG))).isEqualTo(List.of(record));
  }

  /** A slow machine may give an attempt to connect up before the server has answered. */
  private static void isRefused(RedisStore store) {
    Stores.eventually(() -> {
      Throwable refused = catchThrowable(() -> get(store.log().tail()));
      assertThat(refused).isInstanceOf(TierUnavailableException.class);
      return Stream.iterate(refused, Objects::nonNull, Throwable::getCause)
          .anyMatch(SSLException.class::isInstance);
    });
    assertThat(store.isConnected()).isFalse();
  }

  @Test
  void rediss_certificateThatTheJvmDoesNotTrust_isRefused() {
    try (RedisStore store = open("localhost", "")) {
      isRefused(store);
    }
  }

  @Test
  void rediss_verifyPeerNone_connectsToAnyCertificate() {
    try (RedisStore store = open("127.0.0.1", "?verifyPeer=none")) {
      works(store);
    }
  }

  @Test
  void rediss_certificateInTheTrustStoreOfTheJvm_connects() {
    String before = System.getProperty(TRUST_STORE);
    String passwordBefore = System.getProperty(TRUST_STORE_PASSWORD);
    System.setProperty(TRUST_STORE, trustStore.toString());
    System.setProperty(TRUST_STORE_PASSWORD, PASSWORD);
    try (RedisStore store = open("localhost", "");
        RedisStore other = open("127.0.0.1", "");
        RedisStore unnamed = open("127.0.0.1", "?verifyPeer=ca")) {
      works(store);
      // The certificate is not for this name.
      isRefused(other);
      works(unnamed);
    } finally {
      restore(TRUST_STORE, before);
      restore(TRUST_STORE_PASSWORD, passwordBefore);
    }
  }

  private static void restore(String property, String before) {
    if (before == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, before);
    }
  }

  @Test
  void client_withATrustStoreOfItsOwn_connects() {
    RedisURI uri = RedisURI.create("rediss://localhost:" + port);
    RedisClient client = RedisClient.create();
    client.setOptions(ClientOptions.builder()
        .sslOptions(
            SslOptions.builder().truststore(trustStore.toFile(), PASSWORD).build())
        .build());
    try (RedisStore store = RedisStore.builder()
        .client(client, uri)
        .settings(new StoreSettings("tls", PATIENT, 10_000, 1_000))
        .build()) {
      works(store);
    } finally {
      client.shutdown();
    }
  }

  @Test
  void redis_withoutTls_isRefusedByTheTlsPort() {
    try (RedisStore store = Stores.open("redis://localhost:" + port, "tls", PATIENT)) {
      assertThatThrownBy(() -> get(store.log().tail()))
          .isInstanceOf(TierUnavailableException.class);
      assertThat(store.isConnected()).isFalse();
    }
  }
}
