package dev.larder.showcase.halfnote.cache;

import dev.larder.showcase.halfnote.domain.ListDetail;
import dev.larder.showcase.halfnote.domain.UserLists;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.spring.annotation.Cached;
import java.util.Optional;

/**
 * Lists of albums, for 8 minutes: a user's as the owner and as visitors see them, and single ones. The
 * view is part of the key and of the tag: private lists never meet visitors.
 */
class ListCache {
  private final Reads source;

  ListCache(Reads source) {
    this.source = source;
  }

  @Cached(
      cache = "user-lists",
      key = "{#owner, #view}",
      ttl = "8m",
      tags = "lists-of:#{#owner}:#{#view.name().toLowerCase()}")
  public UserLists ofUser(long owner, UserLists.View view) {
    return source.userLists(owner, view);
  }

  @Cached(
      cache = "list",
      key = "#list",
      ttl = "8m",
      negativeTtl = "1m",
      tags = {"list:#{#list}", "#{#result == null ? {} : {'person:' + #result.owner().id()}}"})
  public Optional<ListDetail> list(long list) {
    return source.list(list);
  }
}
