package dev.larder.cli.connect;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Whom to ask. Their texts hold no secrets. */
public sealed interface Target {

  /** For people, without secrets. */
  String shown();

  /**
   * A running application.
   *
   * @param url of the console, such as {@code http://localhost:8080/larder}
   * @param token that it asks for
   */
  record Application(URI url, @Nullable String token) implements Target {
    @Override
    public String shown() {
      return url.toString();
    }

    @Override
    public String toString() {
      return shown();
    }
  }

  /**
   * The stores, without an application.
   *
   * @param redis address of L2
   * @param database address of the database tier
   * @param prefix first part of all keys
   */
  record Stores(@Nullable String redis, @Nullable String database, String prefix)
      implements Target {
    @Override
    public String shown() {
      String both = (redis == null ? "" : Addresses.shown(redis))
          + (redis == null || database == null ? "" : " and ")
          + (database == null ? "" : Addresses.shown(database));
      return both + ", prefix " + prefix;
    }

    @Override
    public String toString() {
      return shown();
    }
  }
}
