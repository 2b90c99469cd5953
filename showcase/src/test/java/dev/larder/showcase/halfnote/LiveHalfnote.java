package dev.larder.showcase.halfnote;

import dev.larder.showcase.ShowcaseApplication;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The showcase as people start it, on real servers, with a small data set. */
public final class LiveHalfnote implements AutoCloseable {
  private static final double SCALE = 0.005;
  private static final AtomicInteger NAMES = new AtomicInteger();

  /** Its Redis, which nobody else uses. */
  public final EmbeddedRedis redis = EmbeddedRedis.start();

  /** Its tables; what is written here no cache hears of. */
  public final JdbcClient jdbc;

  private final ConfigurableApplicationContext context;

  private LiveHalfnote(Map<String, Object> properties) {
    EmbeddedPostgreSql.Database database = EmbeddedPostgreSql.shared().newDatabase();
    jdbc = JdbcClient.create(new DriverManagerDataSource(database.url()));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("DATABASE_URL", database.url());
    all.put("REDIS_URL", redis.uri());
    all.put("VALKEY_URL", "");
    all.put("server.port", 0);
    all.put("halfnote.scale", SCALE);
    all.put("halfnote.catalogue-latency", "0ms");
    all.putAll(properties);
    SpringApplication application = new SpringApplication(ShowcaseApplication.class);
    application.setLogStartupInfo(false);
    String[] arguments = all.entrySet().stream()
        .map(property -> "--" + property.getKey() + "=" + property.getValue())
        .toArray(String[]::new);
    context = application.run(arguments);
  }

  private static final class Shared {
    // A slow machine must not turn a hit into a miss: what is tested is what was invalidated.
    static final LiveHalfnote HALFNOTE =
        start(Map.of("larder.tier-timeout", "20s", "larder.log-timeout", "20s"));
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
    return URI.create(
        "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
  }

  /** Somebody who asks without being logged in. */
  public Caller anybody() {
    return new Caller(address(), Map.of());
  }

  /** A user who asks. */
  public Caller user(long id) {
    return anybody().with("X-Halfnote-User", Long.toString(id));
  }

  /** A part of the application. */
  public <T> T part(Class<T> type) {
    return context.getBean(type);
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
    context.close();
    redis.close();
  }
}
