package dev.larder.integration;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.manage.Management;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A node that is managed, with caches of albums, all of one version at the source, and of sessions. */
final class ManagedNode {

  final Larder larder;
  final Management management;
  final Cache<Long, String> albums;
  final Cache<Long, String> sessions;
  private final AtomicInteger version;

  ManagedNode(Larder larder, AtomicInteger version) {
    this.larder = larder;
    this.version = version;
    management = larder.management();
    albums = larder.cache(
        "album",
        CachePolicy.of(Long.class, String.class)
            .ttl(Duration.ofHours(1))
            .jitter(0)
            .keyTags(id -> Set.of("artist:" + id % 10))
            .loader(this::load)
            .build());
    sessions = larder.cache(
        "session",
        CachePolicy.of(Long.class, String.class)
            .ttl(Duration.ofHours(1))
            .protect()
            .build());
  }

  private String load(long id) {
    return "v" + version.get() + " of " + id;
  }

  String album(long id) {
    return albums.get(id, this::load);
  }

  String slot(long id) {
    return larder.batch().key(albums, id).change().keys().get(0);
  }
}
