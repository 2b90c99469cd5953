package dev.larder.showcase.themoon.chat;

import java.net.URI;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The instances of TheMoon that are alive: each writes its address and process into a table every two
 * seconds and reads the others'. One that has not written for ten is gone.
 */
@Component
public final class Instances implements DisposableBean {
  private static final Logger logger = LoggerFactory.getLogger(Instances.class);
  private static final int PERIOD_SECONDS = 2;

  private final JdbcClient jdbc;
  private final Environment environment;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "themoon-instances");
        thread.setDaemon(true);
        return thread;
      });
  private volatile List<Instance> alive = List.of();
  private volatile @Nullable Instance own;

  /**
   * An instance.
   *
   * @param url where browsers reach it, with the context path and no slash at the end
   * @param process number of its process on its machine
   */
  public record Instance(String url, long process) {
    /** Scheme, host and port, as browsers name where a page is from. */
    public String origin() {
      URI uri = URI.create(url);
      return uri.getScheme() + "://" + uri.getAuthority();
    }
  }

  Instances(JdbcClient jdbc, Environment environment) {
    this.jdbc = jdbc;
    this.environment = environment;
  }

  /** Property {@code themoon.url} names the address where it is not the server's own. */
  @EventListener
  void hasPort(WebServerInitializedEvent event) {
    String url = environment.getProperty(
        "themoon.url",
        "http://127.0.0.1:" + event.getWebServer().getPort()
            + environment.getProperty("server.servlet.context-path", ""));
    Instance self = new Instance(url, ProcessHandle.current().pid());
    own = self;
    alive = List.of(self);
    round();
    var unused =
        timer.scheduleWithFixedDelay(this::round, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /** This one. */
  public Instance own() {
    Instance known = own;
    if (known == null) {
      throw new IllegalStateException("the port is not open yet");
    }
    return known;
  }

  /** All that are alive, this one first. No I/O. */
  public List<Instance> alive() {
    return alive;
  }

  private void round() {
    Instance self = own();
    try {
      jdbc.sql("INSERT INTO themoon.instances (url, process) VALUES (?, ?) ON CONFLICT (url)"
              + " DO UPDATE SET process = excluded.process, seen_at = now()")
          .param(self.url())
          .param(self.process())
          .update();
      jdbc.sql("DELETE FROM themoon.instances WHERE seen_at < now() - interval '1 day'")
          .update();
      alive = jdbc.sql("SELECT url, process FROM themoon.instances"
              + " WHERE seen_at > now() - interval '10 seconds' ORDER BY url <> ?, url")
          .param(self.url())
          .query((row, number) -> new Instance(row.getString(1), row.getLong(2)))
          .list();
    } catch (DataAccessException e) {
      // Those known so far are as good a guess as any.
      logger.warn("the list of instances is not renewed: {}", e.getMessage());
    }
  }

  @Override
  public void destroy() {
    timer.shutdownNow();
    Instance self = own;
    if (self != null) {
      try {
        jdbc.sql("DELETE FROM themoon.instances WHERE url = ?")
            .param(self.url())
            .update();
      } catch (DataAccessException e) {
        logger.debug("not taken off the list: {}", e.getMessage());
      }
    }
  }
}
