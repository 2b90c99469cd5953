package dev.larder.showcase.halfnote.cache;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.showcase.halfnote.domain.AlbumDetails;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.trace.RequestTrace;
import dev.larder.warm.WarmPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the slow external catalogue says about albums, for an hour. For a day after that an entry is
 * served while a new one is fetched, and stands in while the catalogue does not answer.
 */
final class AlbumCache {
  private static final Duration TTL = Duration.ofHours(1);
  private static final Duration STALE_FOR = Duration.ofDays(1);
  private static final Duration ABSENT_TTL = Duration.ofMinutes(5);

  private final Cache<Long, AlbumDetails> albums;
  private final Reads source;

  AlbumCache(Larder larder, Reads source) {
    this.source = source;
    albums = larder.cache(
        "album",
        CachePolicy.of(Long.class, AlbumDetails.class)
            .ttl(TTL)
            .staleFor(STALE_FOR)
            .staleIfError(STALE_FOR)
            .negativeTtl(ABSENT_TTL)
            .keyTags(id -> Set.of(Tags.album(id)))
            .loader(this::load)
            .build());
  }

  Optional<AlbumDetails> album(long album) {
    return Optional.ofNullable(
        RequestTrace.reading(albums.name(), () -> albums.get(album, this::load)));
  }

  private @Nullable AlbumDetails load(Long album) {
    return source.album(album).orElse(null);
  }

  /** Loads albums by hand, gently: each is a call of the catalogue. */
  WarmPlan<Long, AlbumDetails> warmUp(Supplier<List<Long>> ids) {
    return WarmPlan.of("famous-albums", albums)
        .keys(() -> ids.get().stream())
        .perSecond(5)
        .concurrency(2)
        .build();
  }
}
