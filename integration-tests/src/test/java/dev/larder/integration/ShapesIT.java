package dev.larder.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.Lookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Builds whose records differ share servers, cache names and keys while one takes the other's place.
 * None reads an entry of the other, though all of its bytes would fit.
 */
class ShapesIT {

  private static final List<Long> IDS = List.of(1L, 2L, 3L);

  private static AlbumBuild older;
  private static AlbumBuild newer;

  @BeforeAll
  static void compile(@TempDir Path directory) throws IOException, ClassNotFoundException {
    Path before = Files.createDirectory(directory.resolve("before"));
    Path after = Files.createDirectory(directory.resolve("after"));
    older = new AlbumBuild(before, "String title, int year", "Blue", 1971);
    newer = new AlbumBuild(after, "String title, int year, String label", "Blue", 1971, "Reprise");
  }

  @AfterAll
  static void closeBuilds() throws IOException {
    older.close();
    newer.close();
  }

  private static Cache<Long, Object> start(Site site, AlbumBuild build) {
    return build.cache(site.opened(site.builder().build()));
  }

  /** A node of the build loads once where the tiers have the other's, and leaves its own there. */
  private static void replaces(Site site, AlbumBuild build, long id) {
    Cache<Long, Object> node = start(site, build);
    int loads = build.loads();
    assertThat(node.get(id)).isInstanceOf(Lookup.Miss.class);
    assertThat(node.get(id, build::load)).isEqualTo(build.album());
    assertThat(build.loads()).isEqualTo(loads + 1);
    // The look, and the read that led to the load.
    assertThat(node.stats().unreadable()).isEqualTo(2);

    Cache<Long, Object> late = start(site, build);
    assertThat(late.get(id, build::load)).isEqualTo(build.album());
    assertThat(build.loads()).isEqualTo(loads + 1);
    assertThat(late.stats().unreadable()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void get_entryOfAnotherBuild_isACountedMissAndReplaced(Layout layout) {
    try (Site site = Site.of(layout)) {
      start(site, older).get(1L, older::load);
      replaces(site, newer, 1);
      // While the older build still runs somewhere, it does the same.
      replaces(site, older, 1);
      replaces(site, newer, 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void getAll_entriesOfAnotherBuild_areCountedMissesAndReplaced(Layout layout) {
    try (Site site = Site.of(layout)) {
      Cache<Long, Object> before = start(site, older);
      IDS.forEach(id -> before.get(id, older::load));
      Cache<Long, Object> after = start(site, newer);
      Map<Long, Object> all = after.getAll(IDS, missing -> {
        assertThat(missing).containsExactlyElementsOf(IDS);
        Map<Long, Object> loaded = new HashMap<>();
        missing.forEach(id -> loaded.put(id, newer.load(id)));
        return loaded;
      });
      assertThat(all.values()).hasSize(IDS.size()).containsOnly(newer.album());
      assertThat(after.stats().unreadable()).isEqualTo(IDS.size());
      assertThat(start(site, newer).getAll(IDS, missing -> {
            throw new AssertionError("asked for " + missing);
          }))
          .isEqualTo(all);
    }
  }

  @ParameterizedTest
  @EnumSource
  void invalidate_byAnotherBuild_endsTheEntry(Layout layout) {
    try (Site site = Site.of(layout)) {
      Cache<Long, Object> before = start(site, older);
      Cache<Long, Object> after = start(site, newer);
      after.get(1L, newer::load);
      var done = before.invalidate(1L);
      assertThat(after.atLeast(done.position().orElseThrow()).get(1L))
          .isInstanceOf(Lookup.Miss.class);
    }
  }
}
