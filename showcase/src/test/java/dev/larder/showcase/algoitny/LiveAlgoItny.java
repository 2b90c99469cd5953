package dev.larder.showcase.algoitny;

import dev.larder.Larder;
import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.LiveSystem;
import dev.larder.stats.CacheStats;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** AlgoItny on real servers, shared by the tests of this JVM; nobody may stop its servers. */
public final class LiveAlgoItny {
  /** The user who may do everything. */
  static final int ADMIN = 1;

  private static final Map<String, Object> UNDISTURBED = undisturbed();

  private LiveAlgoItny() {}

  private static final class Shared {
    static final LiveSystem SYSTEM = LiveSystem.start(AlgoItnyApplication.class, UNDISTURBED);
  }

  /** Patient with slow machines, and nothing is warmed by itself. */
  private static Map<String, Object> undisturbed() {
    Map<String, Object> properties = new LinkedHashMap<>(LiveSystem.PATIENT);
    properties.put("algoitny.warm.problems", "1d");
    properties.put("algoitny.warm.stats", "1d");
    properties.put("algoitny.warm.rate", 1_000);
    return Map.copyOf(properties);
  }

  public static LiveSystem shared() {
    return Shared.SYSTEM;
  }

  /** The properties of the shared one. */
  static Map<String, Object> properties() {
    return UNDISTURBED;
  }

  /** Somebody below the context path. */
  static Caller anybody(LiveSystem system) {
    return new Caller(system.address().resolve("/algoitny"), Map.of());
  }

  static Caller user(LiveSystem system, int id) {
    return anybody(system).with("X-Algoitny-User", Integer.toString(id));
  }

  static Caller admin(LiveSystem system) {
    return user(system, ADMIN);
  }

  /** What a cache of a system has counted. */
  static long count(LiveSystem system, String cache, ToLongFunction<CacheStats> of) {
    return of.applyAsLong(system.part(Larder.class).find(cache).orElseThrow().stats());
  }
}
