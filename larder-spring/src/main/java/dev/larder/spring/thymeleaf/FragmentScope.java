package dev.larder.spring.thymeleaf;

import dev.larder.CacheScope;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whom a fragment is for, as {@code larder:scope} says. */
enum FragmentScope {
  /** Everybody gets the same. */
  PUBLIC(CacheScope.PUBLIC),
  /** All users of one tenant get the same. */
  TENANT(CacheScope.TENANT),
  /** All who have the same roles get the same. */
  ROLES(CacheScope.USER),
  /** Each user has their own; all who are not logged in share one. */
  USER(CacheScope.USER);

  private final CacheScope ofCache;

  FragmentScope(CacheScope ofCache) {
    this.ofCache = ofCache;
  }

  /** The scope of its cache. That of roles may read the user; {@link RolesOnly} watches what of it. */
  CacheScope ofCache() {
    return ofCache;
  }

  /** Whether the key of this scope tells all apart that a fragment of the other does. */
  boolean admits(FragmentScope inner) {
    return inner == PUBLIC || inner == this || (this == USER && inner == ROLES);
  }

  /** The scope of a word in a template, or null. */
  static @Nullable FragmentScope of(String word) {
    for (FragmentScope scope : values()) {
      if (scope.toString().equals(word.trim())) {
        return scope;
      }
    }
    return null;
  }

  static String words() {
    return Arrays.stream(values()).map(FragmentScope::toString).collect(Collectors.joining(", "));
  }

  /** As templates write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
