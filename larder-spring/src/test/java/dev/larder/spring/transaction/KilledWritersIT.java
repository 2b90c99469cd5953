package dev.larder.spring.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.log.Change;
import dev.larder.log.Target;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writers that are killed by SIGKILL, at any point of writing, committing and publishing: what they
 * committed is invalidated, what they did not is not, and nobody is served an old value for it.
 *
 * <p>{@code -Dlarder.kills=1000} sets how many die, 12 by default, and {@code -Dlarder.seed=…} repeats
 * the choice of the points, as far as processes can be repeated. The figures are printed.
 */
class KilledWritersIT {

  private static final int KILLS = Integer.getInteger("larder.kills", 12);
  private static final int WITH_REDIS = KILLS / 6;
  private static final long SEED = Long.getLong("larder.seed", System.nanoTime());
  private static final int AT_ONCE = 3;
  private static final int LATEST_DEATH_MICROS = 100_000;
  private static final Duration STALE = Duration.ofSeconds(5);

  private static EmbeddedRedis redis;
  private static EmbeddedPostgreSql postgresql;

  @TempDir
  private Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final ExecutorService lives = Executors.newFixedThreadPool(AT_ONCE);
  private final ScheduledExecutorService deaths = Executors.newScheduledThreadPool(AT_ONCE);
  private final Figures figures = new Figures();

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
    postgresql = EmbeddedPostgreSql.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
    postgresql.close();
  }

  @AfterEach
  void end() {
    lives.shutdownNow();
    deaths.shutdownNow();
  }

  /** Another node lives on, and is asked all the time: it holds old values when the writer dies. */
  @Test
  void livingNode_databaseOnly() throws Exception {
    livingNode("", KILLS / 3);
  }

  @Test
  void livingNode_redisAndDatabase() throws Exception {
    livingNode(redis.uri(), WITH_REDIS);
  }

  /** Nobody is left. The next node finds the old values in the database, and in Redis. */
  @Test
  void restartedNode_databaseOnly() throws Exception {
    restartedNode("", KILLS - KILLS / 3 - 2 * WITH_REDIS);
  }

  @Test
  void restartedNode_redisAndDatabase() throws Exception {
    restartedNode(redis.uri(), WITH_REDIS);
  }

  private void livingNode(String redisUri, int kills) throws Exception {
    World world = new World("living" + (redisUri.isEmpty() ? "" : "-redis"), redisUri);
    try (Bank bank = world.bank("living")) {
      Map<String, Integer> heard = new ConcurrentHashMap<>();
      bank.larder.onChange(
          change -> tags(change).forEach(transaction -> heard.merge(transaction, 1, Integer::sum)));
      List<Callable<Void>> all = new ArrayList<>();
      for (int life = 1; life <= kills; life++) {
        int number = life;
        SplittableRandom mine = random.split();
        all.add(() -> {
          world.prepare(number);
          world.live(number, mine, bank);
          world.check(number, bank);
          // Whatever this node was told, by either log, was committed.
          assertThat(world.committed(number)).containsAll(of(number, heard.keySet()));
          return null;
        });
      }
      run(all);
    }
    figures.print(world.prefix);
  }

  private void restartedNode(String redisUri, int kills) throws Exception {
    List<Callable<Void>> all = new ArrayList<>();
    for (int each = 0; each < AT_ONCE; each++) {
      // A world of its own: no other's node may append what the dead have left.
      World world = new World("alone" + each + (redisUri.isEmpty() ? "" : "-redis"), redisUri);
      int own = kills / AT_ONCE + (each < kills % AT_ONCE ? 1 : 0);
      int first = 1_000_000 * (each + 1);
      SplittableRandom mine = random.split();
      all.add(() -> {
        for (int life = first; life < first + own; life++) {
          world.prepare(life);
          world.live(life, mine, null);
          try (Bank restarted = world.bank("restarted")) {
            world.check(life, restarted);
          }
        }
        return null;
      });
    }
    run(all);
    figures.print("alone" + (redisUri.isEmpty() ? "" : "-redis"));
  }

  private void run(List<Callable<Void>> all) throws Exception {
    for (Future<Void> one : lives.invokeAll(all)) {
      try {
        one.get();
      } catch (ExecutionException failure) {
        throw new AssertionError("with -Dlarder.seed=" + SEED, failure);
      }
    }
  }

  private static List<String> tags(Change change) {
    return change.targets().stream()
        .filter(target -> target.kind() == Target.Kind.TAG)
        .map(Target::id)
        .filter(tag -> tag.startsWith("tx:"))
        .map(tag -> tag.substring("tx:".length()))
        .toList();
  }

  private static List<String> of(int life, Iterable<String> transactions) {
    List<String> its = new ArrayList<>();
    transactions.forEach(transaction -> {
      if (transaction.startsWith(life + ".")) {
        its.add(transaction);
      }
    });
    return its;
  }

  /** A database, and perhaps Redis, with one key prefix. */
  private final class World {

    private final String prefix;
    private final String redisUri;
    private final String url;

    World(String prefix, String redisUri) {
      this.prefix = prefix;
      this.redisUri = redisUri;
      this.url = postgresql.newDatabase().url();
      try (Bank bank = bank("tables")) {
        Bank.createTable(bank.sql);
        bank.sql.execute("CREATE TABLE ledger (name text PRIMARY KEY)");
      }
    }

    Bank bank(String name) {
      return new Bank(url + "&ApplicationName=" + name, redisUri, prefix, true, KilledWriter.LEASE);
    }

    void prepare(int life) throws Exception {
      try (Connection connection = DriverManager.getConnection(url);
          PreparedStatement insert =
              connection.prepareStatement("INSERT INTO names VALUES (?, 'unwritten')")) {
        for (int thread = 0; thread < KilledWriter.THREADS; thread++) {
          insert.setLong(1, KilledWriter.row(life, thread));
          insert.executeUpdate();
        }
      }
    }

    /** Starts a writer and kills it at a random point; the reader asks for its rows meanwhile. */
    void live(int life, SplittableRandom chance, Bank reader) throws Exception {
      Path stages = Files.write(folder.resolve("stages" + life), new byte[KilledWriter.THREADS]);
      Process writer = new ProcessBuilder(
              System.getProperty("java.home") + "/bin/java",
              "-Xmx96m",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
              "-cp",
              System.getProperty("java.class.path"),
              KilledWriter.class.getName(),
              url + "&ApplicationName=" + writer(life),
              redisUri,
              prefix,
              Integer.toString(life),
              Long.toString(chance.nextLong()),
              stages.toString())
          .redirectError(folder.resolve("error" + life).toFile())
          .start();
      try (BufferedReader output = writer.inputReader(StandardCharsets.UTF_8)) {
        assertThat(output.readLine())
            .as(() -> "what writer " + life + " said; " + error(life))
            .isEqualTo("ready");
        Future<?> death = deaths.schedule(
            () -> writer.destroyForcibly(),
            chance.nextInt(LATEST_DEATH_MICROS),
            TimeUnit.MICROSECONDS);
        while (reader != null && !writer.waitFor(1, TimeUnit.MILLISECONDS)) {
          for (int thread = 0; thread < KilledWriter.THREADS; thread++) {
            reader.name(KilledWriter.row(life, thread));
          }
        }
        death.get();
      } finally {
        writer.destroyForcibly();
        assertThat(writer.waitFor(1, TimeUnit.MINUTES)).isTrue();
      }
      // 128 and 9, SIGKILL: it did not end by itself.
      assertThat(writer.exitValue()).as(() -> error(life)).isEqualTo(137);
      for (byte stage : Files.readAllBytes(stages)) {
        figures.died(KilledWriter.Stage.values()[stage]);
      }
    }

    /** Waits until this node is right about all that the dead writer did. */
    void check(int life, Bank node) {
      long from = System.nanoTime();
      // What it had sent is decided when the database's processes for it have ended.
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> number(
                  node,
                  "SELECT count(*) FROM pg_stat_activity WHERE application_name = ?",
                  writer(life))
              == 0);
      for (int thread = 0; thread < KilledWriter.THREADS; thread++) {
        long row = KilledWriter.row(life, thread);
        String written = node.inDatabase(row);
        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(10))
            .atMost(Duration.ofMinutes(1))
            .untilAsserted(() -> {
              String served = node.name(row);
              figures.answered(served.equals(written) ? 0 : System.nanoTime() - from);
              assertThat(served).as("row " + row).isEqualTo(written);
            });
      }
      List<String> committed = committed(life);
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(invalidated(life)).containsAll(committed));
      // Each once, and none besides: neither what was rolled back nor what the death cut short.
      assertThat(invalidated(life)).containsExactlyInAnyOrderElementsOf(committed);
      assertThat(node.sql.queryForObject(
              "SELECT count(*) FROM larder.outbox WHERE payload LIKE ?",
              Long.class,
              "%tx:" + life + ".%"))
          .isZero();
      figures.transactions(committed);
    }

    List<String> committed(int life) {
      return strings("SELECT name FROM ledger WHERE name LIKE ?", life + ".%");
    }

    private List<String> invalidated(int life) {
      return strings("SELECT payload FROM larder.log WHERE payload LIKE ?", "%tx:" + life + ".%")
          .stream()
          .flatMap(payload -> tags(Change.decode(payload)).stream())
          .toList();
    }

    private List<String> strings(String sql, String parameter) {
      try (Connection connection = DriverManager.getConnection(url);
          PreparedStatement select = connection.prepareStatement(sql)) {
        select.setString(1, parameter);
        List<String> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            found.add(rows.getString(1));
          }
        }
        return found;
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
    }

    private long number(Bank node, String sql, String parameter) {
      Long number = node.sql.queryForObject(sql, Long.class, parameter);
      return number == null ? -1 : number;
    }

    private String writer(int life) {
      return "writer-" + life;
    }

    private String error(int life) {
      try {
        return "seed " + SEED + ": " + Files.readString(folder.resolve("error" + life));
      } catch (IOException none) {
        return none.toString();
      }
    }
  }

  /** What was met, for people. */
  private static final class Figures {

    private final Map<KilledWriter.Stage, Integer> stages = new TreeMap<>();
    private int kills;
    private int commits;
    private int rollbacks;
    private int answers;
    private int wrong;
    private int late;
    private long longestNanos;

    synchronized void died(KilledWriter.Stage stage) {
      stages.merge(stage, 1, Integer::sum);
    }

    /** An answer: how long after the death it was still wrong, 0 if it was right. */
    synchronized void answered(long wrongNanos) {
      answers++;
      wrong += wrongNanos > 0 ? 1 : 0;
      late += wrongNanos > STALE.toNanos() ? 1 : 0;
      longestNanos = Math.max(longestNanos, wrongNanos);
    }

    /** Numbers that are missing below the greatest are of transactions that were rolled back. */
    synchronized void transactions(List<String> committed) {
      Map<String, Integer> greatest = new TreeMap<>();
      for (String name : committed) {
        int dot = name.lastIndexOf('.');
        greatest.merge(
            name.substring(0, dot), Integer.parseInt(name.substring(dot + 1)) + 1, Integer::max);
      }
      kills++;
      commits += committed.size();
      rollbacks += greatest.values().stream().mapToInt(each -> each).sum() - committed.size();
    }

    synchronized void print(String kind) {
      System.out.printf(
          "%s, seed %d: %d writers killed, their threads at %s; %d commits and %d roll-backs, whose"
              + " invalidations are as they should be; %d of %d answers after a death old, the last of"
              + " them after %d ms, %d after more than 5 s%n",
          kind,
          SEED,
          kills,
          stages,
          commits,
          rollbacks,
          wrong,
          answers,
          longestNanos / 1_000_000,
          late);
    }
  }
}
