package dev.larder.showcase.themoon;

import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.LiveSystem;
import dev.larder.showcase.live.LiveSystem.Servers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two instances of TheMoon on one PostgreSQL and one Redis, for all tests that leave them running. */
final class TwoMoons {
  private static @Nullable TwoMoons shared;

  final Servers servers = Servers.start();
  final LiveSystem one = start(servers, Map.of());
  final LiveSystem two = start(servers, Map.of());

  private TwoMoons() {}

  static synchronized TwoMoons shared() {
    TwoMoons moons = shared;
    if (moons == null) {
      moons = new TwoMoons();
      shared = moons;
      TwoMoons ended = moons;
      Runtime.getRuntime().addShutdownHook(new Thread(ended::close));
    }
    return moons;
  }

  static LiveSystem start(Servers servers, Map<String, Object> more) {
    Map<String, Object> properties = new LinkedHashMap<>(LiveSystem.PATIENT);
    properties.put("themoon.secret", "the same in all instances");
    properties.put("themoon.warm-up", false);
    properties.putAll(more);
    return LiveSystem.on(servers, TheMoonApplication.class, properties);
  }

  /** Somebody who asks an instance below its context path. */
  static Caller caller(LiveSystem instance, long user) {
    return new Caller(
        java.net.URI.create(instance.address() + "/themoon"),
        Map.of("X-Themoon-User", Long.toString(user)));
  }

  /** A new conversation of two users. */
  long conversation(long user, long other) {
    return one.part(dev.larder.showcase.themoon.chat.Conversations.class).between(user, other);
  }

  private void close() {
    one.close();
    two.close();
    servers.close();
  }
}
