package dev.larder.showcase.halfnote.cache;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.showcase.halfnote.domain.Profile;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.trace.RequestTrace;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Profiles, for 10 minutes, under two names: the user's number and the username. Both entries carry
 * the tags of the number, so they end together.
 */
final class ProfileCache {
  private static final Duration TTL = Duration.ofMinutes(10);
  private static final Duration ABSENT_TTL = Duration.ofMinutes(1);

  private final Cache<Long, Profile> byId;
  private final Cache<String, Profile> byName;
  private final Reads source;

  ProfileCache(Larder larder, Reads source) {
    this.source = source;
    byId = larder.cache(
        "profile",
        CachePolicy.of(Long.class, Profile.class)
            .ttl(TTL)
            .negativeTtl(ABSENT_TTL)
            .keyTags(ProfileCache::tags)
            .loader(this::load)
            .build());
    byName = larder.cache(
        "profile-by-name",
        CachePolicy.of(String.class, Profile.class)
            .ttl(TTL)
            .negativeTtl(ABSENT_TTL)
            .keyTags(name -> Set.of(Tags.username(name)))
            .tags((name, profile) -> tags(profile.person().id()))
            .build());
  }

  Optional<Profile> profile(long user) {
    return Optional.ofNullable(RequestTrace.reading(byId.name(), () -> byId.get(user, this::load)));
  }

  private @Nullable Profile load(Long user) {
    return source.profile((long) user).orElse(null);
  }

  Optional<Profile> profile(String username) {
    return Optional.ofNullable(RequestTrace.reading(
        byName.name(), () -> byName.get(username, name -> source.profile(name).orElse(null))));
  }

  private static Set<String> tags(long user) {
    return Set.of(Tags.person(user), Tags.profile(user), Tags.totals(user));
  }
}
