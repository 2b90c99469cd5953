package dev.larder.web;

import dev.larder.Larder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** An application on Tomcat, on a free port of loopback, with a larder. */
public final class TestServer implements AutoCloseable {

  /** Everything that Boot configures by itself. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Base {}

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final ConfigurableApplicationContext context;
  private final int port;

  private TestServer(ConfigurableApplicationContext context) {
    this.context = context;
    this.port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  /** Starts one. */
  public static TestServer start(Larder larder, List<String> settings, Class<?>... parts) {
    List<Class<?>> sources = new ArrayList<>(List.of(parts));
    sources.add(Base.class);
    SpringApplication application = new SpringApplication(sources.toArray(Class<?>[]::new));
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.addInitializers(context ->
        ((GenericApplicationContext) context).registerBean("larder", Larder.class, () -> larder));
    List<String> arguments = new ArrayList<>(
        List.of("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off"));
    settings.forEach(setting -> arguments.add("--" + setting));
    return new TestServer(application.run(arguments.toArray(String[]::new)));
  }

  /** An answer, in the terms of these tests. */
  public record Answer(HttpResponse<byte[]> response) {

    public int status() {
      return response.statusCode();
    }

    public String body() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** The value of a header, all lines joined; empty if there is none. */
    public String header(String name) {
      return String.join(", ", response.headers().allValues(name));
    }

    public String cacheStatus() {
      return header("Cache-Status");
    }

    public boolean isHit() {
      return cacheStatus().startsWith("larder; hit");
    }

    public boolean isStored() {
      return cacheStatus().contains("; stored");
    }
  }

  public int port() {
    return port;
  }

  public ConfigurableApplicationContext context() {
    return context;
  }

  /** GET; headers as name, value, name, value. */
  public Answer get(String path, String... headers) {
    return send("GET", path, headers);
  }

  public Answer send(String method, String path, String... headers) {
    try {
      return new Answer(
          CLIENT.send(request(method, path, headers), HttpResponse.BodyHandlers.ofByteArray()));
    } catch (java.io.IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  public CompletableFuture<Answer> sendAsync(String path, String... headers) {
    return CLIENT
        .sendAsync(request("GET", path, headers), HttpResponse.BodyHandlers.ofByteArray())
        .thenApply(Answer::new);
  }

  private HttpRequest request(String method, String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofMinutes(2))
        .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  /** The bean of a type. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public static String basic(String user, String password) {
    return "Basic "
        + java.util.Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** Settings as a list, from pairs. */
  public static List<String> settings(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .toList();
  }

  @Override
  public void close() {
    context.close();
  }
}
