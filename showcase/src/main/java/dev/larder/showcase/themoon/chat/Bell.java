package dev.larder.showcase.themoon.chat;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.showcase.themoon.cache.ChatCaches;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hears PostgreSQL's {@code NOTIFY}, which a message rings in its own transaction: all instances hear of
 * it if and only if it is committed, also if the instance that wrote it dies right then. What is rung is
 * only that something happened; seats then read.
 *
 * <p>A second later it makes sure that the cache has the message too, which the writer does at once
 * unless it died. After a time without a connection nobody knows what was rung: all seats read, and the
 * cached messages are ended.
 */
@Component
final class Bell implements SmartLifecycle {
  private static final Logger logger = LoggerFactory.getLogger(Bell.class);
  private static final int POLL_MILLIS = 200;
  private static final long RETRY_MILLIS = 250;
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final HikariDataSource pool;
  private final Seats seats;
  private final ChatCaches caches;
  private final Map<Long, Rung> rung = new ConcurrentHashMap<>();
  private volatile CountDownLatch end = new CountDownLatch(0);
  private volatile @Nullable Connection connection;

  /** The newest message rung for in a conversation, and when. */
  private record Rung(long number, long atNanos) {}

  Bell(HikariDataSource pool, Seats seats, ChatCaches caches) {
    this.pool = pool;
    this.seats = seats;
    this.caches = caches;
  }

  /** Hears before the first request is taken, so that nothing is missed. */
  @Override
  public void start() {
    CountDownLatch ending = new CountDownLatch(1);
    end = ending;
    try {
      connection = listen();
    } catch (SQLException e) {
      logger.warn("nobody rings here until the database answers: {}", e.getMessage());
    }
    Thread listener = new Thread(() -> listenUntil(ending), "themoon-bell");
    listener.setDaemon(true);
    listener.start();
  }

  @Override
  public int getPhase() {
    return 0; // the web server comes after it and goes before it
  }

  @Override
  public void stop() {
    end.countDown();
    close();
  }

  @Override
  public boolean isRunning() {
    return end.getCount() > 0;
  }

  private void listenUntil(CountDownLatch ending) {
    while (ending.getCount() > 0) {
      try {
        Connection open = connection;
        if (open == null) {
          open = listen();
          connection = open;
          caches.distrust();
          seats.everything();
        }
        hear(open);
        settle();
      } catch (SQLException | RuntimeException e) {
        if (ending.getCount() > 0) {
          logger.warn("the bell is not heard: {}", e.toString());
        }
        close();
        pause(ending);
      }
    }
    // One that was opened after the end had begun.
    close();
  }

  /** One of its own, since it is held for ever. */
  private Connection listen() throws SQLException {
    Properties properties = new Properties();
    if (pool.getUsername() != null) {
      properties.setProperty("user", pool.getUsername());
    }
    if (pool.getPassword() != null) {
      properties.setProperty("password", pool.getPassword());
    }
    properties.setProperty("ApplicationName", "themoon-bell");
    properties.setProperty("tcpKeepAlive", "true");
    Connection opened = DriverManager.getConnection(pool.getJdbcUrl(), properties);
    try (Statement statement = opened.createStatement()) {
      statement.execute("LISTEN themoon");
    } catch (SQLException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  private void hear(Connection open) throws SQLException {
    PGNotification[] heard = open.unwrap(PGConnection.class).getNotifications(POLL_MILLIS);
    if (heard == null) {
      return;
    }
    for (PGNotification one : heard) {
      ring(one.getParameter().split(" ", -1));
    }
  }

  private void ring(String[] words) {
    long conversation = Long.parseLong(words[1]);
    switch (words[0]) {
      case "message" -> {
        rung.put(conversation, new Rung(Long.parseLong(words[2]), System.nanoTime()));
        seats.message(conversation);
      }
      case "typing" -> seats.typing(conversation, Long.parseLong(words[2]));
      case "online" -> seats.online(conversation);
      default -> logger.warn("rung for {}, which this version does not know", words[0]);
    }
  }

  private void settle() {
    long now = System.nanoTime();
    rung.forEach((conversation, last) -> {
      if (now - last.atNanos() > GRACE_NANOS && rung.remove(conversation, last)) {
        caches.mustHave(conversation, last.number());
      }
    });
  }

  private void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        logger.debug("closing: {}", e.toString());
      }
    }
  }

  /** A database that refused is left alone for a while, but for the end. */
  private static void pause(CountDownLatch ending) {
    try {
      ending.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ending.countDown();
    }
  }
}
