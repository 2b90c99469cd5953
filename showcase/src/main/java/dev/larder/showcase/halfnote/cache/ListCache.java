package dev.larder.showcase.halfnote.cache;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.showcase.halfnote.domain.ListDetail;
import dev.larder.showcase.halfnote.domain.UserLists;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.trace.RequestTrace;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Lists of albums, for 8 minutes: a user's as the owner and as visitors see them, under different
 * keys with different tags, and single ones.
 */
final class ListCache {
  private static final Duration TTL = Duration.ofMinutes(8);
  private static final Duration ABSENT_TTL = Duration.ofMinutes(1);

  private final Cache<Key, UserLists> ofUsers;
  private final Cache<Long, ListDetail> details;
  private final Reads source;

  /** Whose lists and for whom. The view is part of the key: private lists never meet visitors. */
  record Key(long owner, UserLists.View view) {}

  ListCache(Larder larder, Reads source) {
    this.source = source;
    ofUsers = larder.cache(
        "user-lists",
        CachePolicy.of(Key.class, UserLists.class)
            .ttl(TTL)
            .keyTags(key -> Set.of(Tags.listsOf(key.owner(), key.view())))
            .build());
    details = larder.cache(
        "list",
        CachePolicy.of(Long.class, ListDetail.class)
            .ttl(TTL)
            .negativeTtl(ABSENT_TTL)
            .keyTags(id -> Set.of(Tags.list(id)))
            .tags((id, list) -> Set.of(Tags.person(list.owner().id())))
            .build());
  }

  UserLists ofUser(long owner, UserLists.View view) {
    return Objects.requireNonNull(RequestTrace.reading(
        ofUsers.name(),
        () -> ofUsers.get(new Key(owner, view), key -> source.userLists(owner, view))));
  }

  Optional<ListDetail> list(long list) {
    return Optional.ofNullable(RequestTrace.reading(
        details.name(), () -> details.get(list, id -> source.list(id).orElse(null))));
  }
}
