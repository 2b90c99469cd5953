package dev.larder.cli;

import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.manage.Advice;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import dev.larder.warm.WarmPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Makes the pictures of docs/cli.md: runs each command in a real terminal, on a real Redis and a real
 * PostgreSQL with a small application beside them, and writes what stood on the screen.
 */
final class CliPictures implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String PROMPT = "$";

  private final EmbeddedRedis redis = EmbeddedRedis.start();
  private final EmbeddedPostgreSql postgresql = EmbeddedPostgreSql.start();
  private final String database = postgresql.newDatabase().url();
  private final ScheduledExecutorService visitors = Executors.newScheduledThreadPool(1);
  private final Random random = new Random(7);
  private final Path to;
  private final Tmux tmux;
  private Larder application;

  private CliPictures(Path to, Path folder) throws IOException {
    this.to = Files.createDirectories(to);
    Map<String, String> environment = new HashMap<>();
    environment.put("REDIS_URL", redis.uri());
    environment.put("DATABASE_URL", database);
    environment.put("LARDER_KEY_PREFIX", "shop");
    environment.put("USER", "ann");
    environment.remove("NO_COLOR");
    tmux = new Tmux(folder, environment, 150, 44);
    tmux.type("PS1='$ '; clear");
  }

  /** Makes them all, in a folder. */
  static void make(Path to) throws IOException {
    Path folder = Files.createTempDirectory("larder-pictures");
    try (CliPictures pictures = new CliPictures(to.toAbsolutePath(), folder)) {
      pictures.makeAll();
    }
  }

  private void makeAll() throws IOException {
    take("setup", "larder setup --url $DATABASE_URL --dry-run | head -n 24");
    open();
    take("status", "larder status");
    take("stats", "larder stats");
    take("keys", "larder keys album --limit 5");
    String key = "shop:album:v1:7L";
    take("get", "larder get " + key + " --tiers --value");
    take("invalidate", "larder invalidate --tag artist:3 --dry-run");
    take("refresh", "larder refresh " + key);
    take("touch", "larder touch " + key + " --ttl 5m");
    take("warm", "larder warm albums --limit 200 --rate 100/s --concurrency 2");
    take("verify", "larder verify");
    take("advise", "larder advise");
    take("doctor", "larder doctor");
    take("switch", "larder switch album 50 --yes");
    take("tail", "larder tail --last 0 --limit 6");
    takeWhile("top", "larder top --loads", "loads by", "q");
    take("trial", "larder trial album --ttl 1m,10m --share 20 --for 2h --yes && larder trial");
    take("clear", "larder clear album --yes");
    take("explain", "larder explain " + key);
    completion();
  }

  /** What two presses of the tab key offer in bash. */
  private void completion() throws IOException {
    tmux.type("exec bash --norc --noprofile");
    tmux.type("PS1='$ '; source <(larder completion bash); clear");
    await().atMost(LIMIT).until(() -> lines(tmux.screen()).equals(List.of(PROMPT)));
    tmux.write("larder stat");
    tmux.press("Tab");
    tmux.press("Tab");
    tmux.waitFor("status");
    // Names that the application knows: this one begins as no other does.
    tmux.write("s al");
    tmux.press("Tab");
    tmux.waitFor("stats album");
    save("completion", "larder completion bash");
  }

  private void open() {
    application = Larder.builder()
        .keyPrefix("shop")
        .redis(redis.uri())
        .database(database)
        .startTimeout(Duration.ofSeconds(60))
        .tierTimeout(Duration.ofSeconds(5))
        .build();
    Cache<Long, Album> albums = application.cache(
        "album",
        CachePolicy.of(Long.class, Album.class)
            .ttl(Duration.ofMinutes(5))
            .tags((id, album) -> List.of("artist:" + album.artist()))
            .loader(CliPictures::album)
            .build());
    Cache<String, String> sessions = application.cache(
        "session", CachePolicy.of(String.class, String.class).protect().build());
    Cache<String, String> quotes =
        application.cache("quote", CachePolicy.of(String.class, String.class).build());
    application
        .warming()
        .declare(WarmPlan.of("albums", albums)
            .keys(LongStream.range(0, 1_000).boxed().toList())
            .perSecond(200)
            .build());
    // Few albums are asked for often, as everywhere.
    visitors.scheduleWithFixedDelay(
        () -> visit(albums, sessions, quotes), 0, 5, TimeUnit.MILLISECONDS);
    await()
        .atMost(LIMIT)
        .until(() -> application.stats().stream()
                .anyMatch(it -> it.cache().equals("album") && it.l1Hits() > 2_000)
            && application.management().advise().stream()
                .anyMatch(it -> it.kind() == Advice.Kind.VOLATILE_KEY));
  }

  private void visit(
      Cache<Long, Album> albums, Cache<String, String> sessions, Cache<String, String> quotes) {
    albums.get((long) Math.abs(random.nextGaussian() * 60), CliPictures::album);
    sessions.get("visitor-" + random.nextInt(20), id -> "signed in");
    // A key that nobody asks for again, which the advisor finds.
    quotes.get(new UUID(random.nextLong(), random.nextLong()).toString(), id -> "12.50");
    if (random.nextInt(200) == 0) {
      application.invalidateTags("artist:" + random.nextInt(10));
    }
  }

  /** What the cache holds. */
  record Album(long id, String title, long artist) {}

  private static Album album(Long id) {
    // As long as a query takes that joins a few tables.
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    return new Album(id, "Album " + id, id % 10);
  }

  /** Runs it to its end. */
  private void take(String name, String line) throws IOException {
    picture(name, line, screen -> screen.size() > 1 && isAtPrompt(screen));
  }

  private static boolean isAtPrompt(List<String> screen) {
    return !screen.isEmpty() && screen.get(screen.size() - 1).equals(PROMPT);
  }

  /** Takes the picture while it runs, then presses the key that ends it. */
  private void takeWhile(String name, String line, String shown, String key) throws IOException {
    picture(
        name,
        line,
        screen -> screen.stream().anyMatch(it -> it.contains(shown)) && screen.size() > 3);
    tmux.press(key);
    // What is typed before it has ended is taken for keys of its own.
    await().atMost(LIMIT).until(() -> isAtPrompt(lines(tmux.screen())));
  }

  private void picture(String name, String line, Predicate<List<String>> isDone)
      throws IOException {
    tmux.type("clear");
    await().atMost(LIMIT).until(() -> lines(tmux.screen()).equals(List.of(PROMPT)));
    tmux.type(line);
    await().atMost(LIMIT).until(() -> isDone.test(lines(tmux.screen())));
    save(name, line);
  }

  private void save(String name, String line) throws IOException {
    List<String> lines = lines(tmux.colouredScreen());
    if (lines.get(lines.size() - 1).equals(PROMPT)) {
      lines.remove(lines.size() - 1);
    }
    Files.writeString(to.resolve("cli-" + name + ".svg"), AnsiPicture.of(line, lines));
  }

  private static List<String> lines(String screen) {
    List<String> lines =
        new ArrayList<>(screen.lines().map(String::stripTrailing).toList());
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  @Override
  public void close() {
    visitors.shutdownNow();
    tmux.close();
    if (application != null) {
      application.close();
    }
    redis.close();
    postgresql.close();
  }
}
