package dev.larder.showcase.halfnote.catalogue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The slow album catalogue, in place of an external one: {@code GET /albums/{id}} answers one album
 * as JSON after a fixed delay, 404 when it has none.
 *
 * <p>It listens on loopback only. Answers wait on a timer and not on a thread, so the delay is the
 * same however many ask at once. It opens its port when it is made and frees it on {@link #close}.
 */
public final class CatalogueServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CatalogueServer.class);
  private static final String PATH = "/albums/";

  private final Catalogue catalogue;
  private final Duration latency;
  private final HttpServer server;
  private final ScheduledExecutorService timer;
  private final AtomicLong requests = new AtomicLong();

  /**
   * Opens the service.
   *
   * @param catalogue what it knows
   * @param latency how long each answer takes, 0 or more
   * @param port 0 for any free one
   * @throws IOException if the port cannot be had
   */
  public CatalogueServer(Catalogue catalogue, Duration latency, int port) throws IOException {
    this.catalogue = catalogue;
    this.latency = latency;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    this.timer = Executors.newScheduledThreadPool(2, task -> {
      Thread thread = new Thread(task, "halfnote-catalogue");
      thread.setDaemon(true);
      return thread;
    });
    server.setExecutor(timer);
    server.createContext(PATH, this::accept);
    server.start();
  }

  /** Where the service is, for example {@code http://127.0.0.1:41233}. */
  public URI address() {
    InetSocketAddress bound = server.getAddress();
    return URI.create("http://" + bound.getAddress().getHostAddress() + ":" + bound.getPort());
  }

  /** How many requests it has answered or is about to answer. */
  public long requests() {
    return requests.get();
  }

  @Override
  public void close() {
    server.stop(0);
    timer.shutdownNow();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // answer() reports its own failures
  private void accept(HttpExchange exchange) {
    requests.incrementAndGet();
    timer.schedule(() -> answer(exchange), latency.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void answer(HttpExchange exchange) {
    try (exchange) {
      String id = exchange.getRequestURI().getPath().substring(PATH.length());
      Optional<CatalogueAlbum> album =
          exchange.getRequestMethod().equals("GET") ? catalogue.find(id) : Optional.empty();
      if (album.isEmpty()) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] body = JsonMapper.shared().writeValueAsBytes(album.get());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException | RuntimeException e) {
      log.debug("catalogue answer not sent: {}", e.toString());
    }
  }
}
