package dev.larder.showcase.halfnote;

import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.LiveSystem;
import dev.larder.testkit.EmbeddedRedis;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The showcase as people start it, on real servers, with a small data set. */
public final class LiveHalfnote implements AutoCloseable {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final LiveSystem system;

  /** Its Redis, which nobody else uses. */
  public final EmbeddedRedis redis;

  /** Its tables; what is written here no cache hears of. */
  public final JdbcClient jdbc;

  private LiveHalfnote(Map<String, Object> properties) {
    Map<String, Object> all = new LinkedHashMap<>(Map.of("halfnote.catalogue-latency", "0ms"));
    all.putAll(properties);
    system = LiveSystem.start(HalfnoteApplication.class, all);
    redis = system.servers().redis();
    jdbc = system.servers().jdbc();
  }

  private static final class Shared {
    static final LiveHalfnote HALFNOTE = start(LiveSystem.PATIENT);
  }

  /** The one that all tests of this JVM share; nobody may close it or stop its servers. */
  public static LiveHalfnote shared() {
    return Shared.HALFNOTE;
  }

  /** One for a test that stops servers. */
  public static LiveHalfnote start(Map<String, Object> properties) {
    return new LiveHalfnote(properties);
  }

  /** Where it answers, without a slash at the end. */
  public URI address() {
    return system.address();
  }

  /** The JDBC address of its database. */
  public String databaseUrl() {
    return system.servers().database().url();
  }

  /** Somebody who asks without being logged in. */
  public Caller anybody() {
    return system.anybody();
  }

  /** A user who asks. */
  public Caller user(long id) {
    return anybody().with("X-Halfnote-User", Long.toString(id));
  }

  /** A part of the application. */
  public <T> T part(Class<T> type) {
    return system.part(type);
  }

  /** The number of a new user who has done nothing, with a username that begins as told. */
  public long newUser(String name) {
    String username = name + NAMES.incrementAndGet();
    return number(
        "INSERT INTO halfnote.users (username, display_name, avatar)"
            + " VALUES (?, ?, 'disc-1') RETURNING id",
        username,
        "The " + username);
  }

  /** The one number that a statement answers. */
  public long number(String sql, Object... parameters) {
    return jdbc.sql(sql).params(parameters).query(Long.class).single();
  }

  @Override
  public void close() {
    system.close();
  }
}
