package dev.larder.showcase.halfnote.catalogue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the external catalogue. Safe for use by many threads. Each call costs one HTTP request, as
 * slow as the service is, and gives up after 5 seconds.
 */
public final class CatalogueClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final URI address;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable HttpClient http;

  /**
   * A client of one service. It opens nothing before the first call.
   *
   * @param address without a path, for example {@code http://127.0.0.1:41233}
   */
  public CatalogueClient(URI address) {
    this.address = address;
  }

  /**
   * The album with this catalogue id, or empty when the catalogue has none.
   *
   * @throws CatalogueUnavailableException if the service does not answer in time, answers another
   *     status than 200 and 404, or answers something that is not an album
   */
  public Optional<CatalogueAlbum> find(String id) {
    URI uri = address.resolve("/albums/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
    try {
      HttpResponse<byte[]> response = http().send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() == 404) {
        return Optional.empty();
      }
      if (response.statusCode() != 200) {
        throw new CatalogueUnavailableException(uri, "status " + response.statusCode(), null);
      }
      return Optional.of(JsonMapper.shared().readValue(response.body(), CatalogueAlbum.class));
    } catch (IOException | JacksonException e) {
      throw new CatalogueUnavailableException(uri, e.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CatalogueUnavailableException(uri, "interrupted", e);
    }
  }

  /** Made at the first call: building an HTTP client costs a noticeable part of a start. */
  private HttpClient http() {
    HttpClient made = http;
    if (made == null) {
      opening.lock();
      try {
        made = http;
        if (made == null) {
          made = HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(TIMEOUT)
              .build();
          http = made;
        }
      } finally {
        opening.unlock();
      }
    }
    return made;
  }
}
