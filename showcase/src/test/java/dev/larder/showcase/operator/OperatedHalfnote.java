package dev.larder.showcase.operator;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.cli.Operator;
import dev.larder.cli.Operator.Ran;
import dev.larder.showcase.halfnote.LiveHalfnote;
import dev.larder.showcase.live.Caller;
import dev.larder.stats.CacheStats;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Halfnote with its console open, and somebody who asks that by the {@code larder} command. */
final class OperatedHalfnote implements AutoCloseable {
  private static final String TOKEN = "a-token-that-only-tests-know";

  /** The application, on servers of its own. */
  final LiveHalfnote halfnote;

  /** Asks the console over HTTP. */
  final Operator operator;

  /** Asks Redis and PostgreSQL themselves. */
  final Operator atStores;

  /** A protected cache, as one of sessions is; Halfnote itself has none. */
  final Cache<Long, String> held;

  private OperatedHalfnote(Map<String, Object> properties) {
    Map<String, Object> all = new LinkedHashMap<>(properties);
    all.put("showcase.console.token", TOKEN);
    halfnote = LiveHalfnote.start(all);
    operator = new Operator(
        Map.of("LARDER_URL", halfnote.address() + "/halfnote/larder", "LARDER_TOKEN", TOKEN));
    atStores = new Operator(Map.of(
        "REDIS_URL", halfnote.redis.uri(),
        "DATABASE_URL", halfnote.databaseUrl(),
        "LARDER_KEY_PREFIX", "halfnote"));
    held = halfnote
        .part(Larder.class)
        .cache(
            "held",
            CachePolicy.of(Long.class, String.class)
                .ttl(Duration.ofHours(1))
                .protect()
                .build());
  }

  static OperatedHalfnote start(Map<String, Object> properties) {
    return new OperatedHalfnote(properties);
  }

  Ran larder(String line) {
    return operator.runs(line);
  }

  /** Reads a profile as a visitor does, and so puts it into the caches. */
  String bio(long user) {
    Caller.Reply reply = halfnote.anybody().get("/halfnote/api/users/" + user);
    return reply.json().path("bio").asString();
  }

  /** Whether a profile is answered without the source. */
  boolean isCached(long user) {
    return halfnote.anybody().get("/halfnote/api/users/" + user).statements() == 0;
  }

  /** Writes a profile past the application, so that no cache hears of it. */
  void writeBio(long user, String bio) {
    halfnote
        .jdbc
        .sql("UPDATE halfnote.users SET bio = ? WHERE id = ?")
        .params(bio, user)
        .update();
  }

  /** A new user whose profile is cached, with a bio that the source has no longer. */
  long userWithOldProfile() {
    long user = halfnote.newUser("operated");
    writeBio(user, "as cached");
    bio(user);
    writeBio(user, "as written");
    return user;
  }

  /** What a cache has counted by itself. */
  CacheStats stats(String cache) {
    return halfnote.part(Larder.class).find(cache).orElseThrow().stats();
  }

  static String key(long user) {
    return "halfnote:profile:v1:" + user + "L";
  }

  static String tag(long user) {
    return "profile:" + user;
  }

  @Override
  public void close() {
    halfnote.close();
  }
}
