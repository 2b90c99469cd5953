package dev.larder.showcase.live;

import dev.larder.showcase.host.SystemApplication;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** One system of the showcase by itself, over HTTP, on a real PostgreSQL and a real Redis. */
public final class LiveSystem implements AutoCloseable {
  private static final double SCALE = 0.005;

  /**
   * Time-outs for tests of what was invalidated: a slow machine must not turn a hit into a miss.
   */
  public static final Map<String, Object> PATIENT =
      Map.of("larder.tier-timeout", "20s", "larder.log-timeout", "20s");

  /**
   * What a system runs on; two instances may share it.
   *
   * @param database of the PostgreSQL that all tests of this JVM share
   * @param redis nobody else's
   */
  public record Servers(EmbeddedPostgreSql.Database database, EmbeddedRedis redis)
      implements AutoCloseable {
    /** A new database and a new Redis. */
    public static Servers start() {
      return new Servers(EmbeddedPostgreSql.shared().newDatabase(), EmbeddedRedis.start());
    }

    /** The tables; what is written here no cache hears of. */
    public JdbcClient jdbc() {
      return JdbcClient.create(new DriverManagerDataSource(database.url()));
    }

    @Override
    public void close() {
      redis.close();
    }
  }

  private final Servers servers;
  private final boolean ownServers;
  private final ConfigurableApplicationContext context;

  private LiveSystem(
      Class<?> system, Servers servers, boolean ownServers, Map<String, Object> properties) {
    this.servers = servers;
    this.ownServers = ownServers;
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("DATABASE_URL", servers.database().url());
    all.put("REDIS_URL", servers.redis().uri());
    all.put("VALKEY_URL", "");
    all.put("server.port", 0);
    all.put("showcase.scale", SCALE);
    all.putAll(properties);
    String[] arguments = all.entrySet().stream()
        .map(property -> "--" + property.getKey() + "=" + property.getValue())
        .toArray(String[]::new);
    context = SystemApplication.alone(system).run(arguments);
  }

  /** An instance on servers of its own, which end with it. */
  public static LiveSystem start(Class<?> system, Map<String, Object> properties) {
    return new LiveSystem(system, Servers.start(), true, properties);
  }

  /** An instance on servers that are there. */
  public static LiveSystem on(Servers servers, Class<?> system, Map<String, Object> properties) {
    return new LiveSystem(system, servers, false, properties);
  }

  /** What it runs on. */
  public Servers servers() {
    return servers;
  }

  /** Its server, without a slash at the end; the system answers below its context path. */
  public URI address() {
    return URI.create(
        "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
  }

  /** Somebody who asks without being logged in. */
  public Caller anybody() {
    return new Caller(address(), Map.of());
  }

  /** A part of the application. */
  public <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
    if (ownServers) {
      servers.close();
    }
  }
}
