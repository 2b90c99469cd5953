package dev.larder.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL 18 on a free port of the loopback address; user {@code postgres}, no password.
 *
 * <p>It ends with {@link #close}, at the latest with this JVM. Commits survive {@link #kill}, though
 * not a crash of the machine: it runs without fsync. Runs as root too, by giving up root's rights.
 * Not safe for use by many threads at once, except {@link #url}, {@link #dataSource} and {@link
 * #newDatabase}.
 */
public final class EmbeddedPostgreSql implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final PostgreSqlBinaries binaries = PostgreSqlBinaries.unpacked();
  private final AtomicInteger databases = new AtomicInteger();
  private final Path directory;
  private final boolean temporary;
  private final int port;
  private final Map<String, String> settings;
  private @Nullable ServerProcess process;

  private EmbeddedPostgreSql(Builder builder) {
    Path given = builder.directory;
    temporary = given == null;
    directory = given == null ? ServerProcess.temporaryDirectory("postgresql") : given;
    port = builder.port == 0 ? ServerProcess.freePort() : builder.port;
    settings = Map.copyOf(builder.settings);
  }

  /**
   * A database of its own.
   *
   * @param url JDBC address
   * @param dataSource opens a connection on each call; not a pool
   */
  public record Database(String url, DataSource dataSource) {}

  /** Starts a server with fresh data, in one to three seconds. */
  public static EmbeddedPostgreSql start() {
    return builder().start();
  }

  /** Begins a server with settings. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The server that tests of this JVM share, started at the first call. Take a {@link #newDatabase}
   * of it, and do not kill or pause it.
   */
  public static EmbeddedPostgreSql shared() {
    return Shared.SERVER;
  }

  private static final class Shared {
    static final EmbeddedPostgreSql SERVER = EmbeddedPostgreSql.start();
  }

  /** JDBC address of the database {@code postgres}. */
  public String url() {
    return url("postgres");
  }

  /** Opens connections to the database {@code postgres}; not a pool. */
  public DataSource dataSource() {
    return dataSource(url());
  }

  /** The port, the same over all restarts. */
  public int port() {
    return port;
  }

  /** Creates an empty database, in a tenth of a second. */
  public Database newDatabase() {
    String name =
        "larder" + databases.incrementAndGet() + "_" + Long.toHexString(System.nanoTime());
    execute("CREATE DATABASE " + name);
    return new Database(url(name), dataSource(url(name)));
  }

  /**
   * Runs a statement as superuser in the database {@code postgres}.
   *
   * @throws IllegalStateException if it fails
   */
  public void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL refused: " + sql, e);
    }
  }

  /** Whether the server process lives, paused or not. */
  public boolean isAlive() {
    ServerProcess running = process;
    return running != null && running.isAlive();
  }

  /** Kills the server and all its backends by SIGKILL. */
  public void kill() {
    ServerProcess running = process;
    if (running != null) {
      running.kill();
      process = null;
    }
  }

  /** Starts the server again after {@link #kill}, with its data. Returns when it answers. */
  public void restart() {
    kill();
    run();
  }

  /** Stops all processes in their tracks: connections stay open, nothing is answered. */
  public void pause() {
    running().pause();
  }

  /** Lets a paused server go on. */
  public void resume() {
    running().resume();
  }

  @Override
  public void close() {
    ServerProcess running = process;
    if (running != null) {
      running.end();
      process = null;
    }
    if (temporary) {
      ServerProcess.remove(directory);
    }
  }

  private ServerProcess running() {
    ServerProcess running = process;
    if (running == null) {
      throw new IllegalStateException("the server was killed");
    }
    return running;
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
  }

  private static DataSource dataSource(String url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    return source;
  }

  private Path data() {
    return directory.resolve("data");
  }

  private void initialise() {
    try {
      if (Files.exists(data().resolve("PG_VERSION"))) {
        return;
      }
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("could not make " + directory, e);
    }
    binaries.give(directory);
    ServerProcess.run(command(
        "initdb",
        List.of(
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
            "--no-instructions",
            "--pgdata",
            data().toString())));
  }

  private void run() {
    long from = System.nanoTime();
    while (!runOnce()) {
      // Backends of the killed server are about to end, and hold its memory until they have.
      if (System.nanoTime() - from > START_LIMIT.toNanos()) {
        throw new IllegalStateException("backends of the killed server do not end");
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** Whether the server runs; false if the one before it is not quite gone. */
  private boolean runOnce() {
    try {
      // Its process is dead, but another may have got the number since, and seem to be the server.
      Files.deleteIfExists(data().resolve("postmaster.pid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> all = new LinkedHashMap<>();
    all.put("listen_addresses", "127.0.0.1");
    all.put("port", Integer.toString(port));
    all.put("unix_socket_directories", "");
    all.put("fsync", "off");
    all.put("full_page_writes", "off");
    all.put("max_connections", "200");
    all.putAll(settings);
    List<String> arguments = new ArrayList<>(List.of("-D", data().toString()));
    all.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
    ServerProcess started =
        // Immediate shutdown: it takes the children and the shared memory along.
        ServerProcess.start(command("postgres", arguments), "QUIT", directory.resolve("log"));
    process = started;
    return awaitAnswer(started);
  }

  private boolean awaitAnswer(ServerProcess started) {
    long from = System.nanoTime();
    while (true) {
      if (!started.isAlive()) {
        if (started.output().contains("pre-existing shared memory block")) {
          return false;
        }
        throw new IllegalStateException("PostgreSQL did not start:\n" + started.output());
      }
      try (Connection connection = DriverManager.getConnection(url());
          Statement statement = connection.createStatement();
          ResultSet answer = statement.executeQuery("SELECT 1")) {
        return answer.next();
      } catch (SQLException notYet) {
        if (System.nanoTime() - from > START_LIMIT.toNanos()) {
          kill();
          throw new IllegalStateException(
              "PostgreSQL did not answer in " + START_LIMIT + ":\n" + started.output(), notYet);
        }
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  private List<String> command(String program, List<String> arguments) {
    List<String> command = new ArrayList<>(binaries.prefix);
    command.add(binaries.home.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return command;
  }

  /** Collects the settings of an {@link EmbeddedPostgreSql}. Not safe for use by many threads. */
  public static final class Builder {

    private final Map<String, String> settings = new LinkedHashMap<>();
    private @Nullable Path directory;
    private int port;

    private Builder() {}

    /** Where data lies, and stays after {@link #close}. Default: a temporary directory. */
    public Builder directory(Path directory) {
      this.directory = directory.toAbsolutePath();
      return this;
    }

    /** The port, 1 to 65535; 0, the default, takes a free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** A setting as in {@code postgresql.conf}. */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    /**
     * Starts the server.
     *
     * @throws IllegalStateException if it does not start; the message has its output
     */
    public EmbeddedPostgreSql start() {
      EmbeddedPostgreSql server = new EmbeddedPostgreSql(this);
      try {
        server.initialise();
        server.run();
        return server;
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
    }
  }
}
