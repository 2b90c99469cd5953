package dev.larder.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.Larder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What others wrote into a slot, by accident or not, is a counted miss: never a value, never an error. */
class ForeignBytesIT {

  private static final Place PLACE = new Place("eu", 1);
  private static final Place OTHER = new Place("us", 2);

  private static String slot(Site site, Place place) {
    // Keys of slots begin with the prefix; those of markers have it inside.
    String slot =
        site.redis().command("KEYS", site.keyPrefix() + ":place:*:" + place.region() + ":*");
    assertThat(slot).as("one slot").isNotEmpty().doesNotContain("\n");
    return slot;
  }

  private static void readsTheTruth(Site site, int unreadable) {
    Node fresh = site.node();
    assertThat(fresh.get(PLACE)).isEqualTo(site.source().now(PLACE));
    assertThat(fresh.cache().stats().unreadable()).isEqualTo(unreadable);
    assertThat(fresh.get(PLACE)).isEqualTo(site.source().now(PLACE));
    // The foreign bytes gave way to an entry that others can read.
    assertThat(site.node().tierOf(PLACE)).isNotNull();
  }

  @Test
  void get_foreignTextInTheSlot_isAMissAndReplaced() {
    try (Site site = Site.of(Layout.REDIS)) {
      site.node().get(PLACE);
      site.redis().command("SET", slot(site, PLACE), "not an entry of ours");
      readsTheTruth(site, 1);
    }
  }

  @Test
  void get_keyOfAnotherTypeInTheSlot_isAMissAndReplaced() {
    try (Site site = Site.of(Layout.REDIS)) {
      site.node().get(PLACE);
      String slot = slot(site, PLACE);
      site.redis().command("DEL", slot);
      site.redis().command("LPUSH", slot, "a", "b");
      readsTheTruth(site, 1);
    }
  }

  @Test
  void get_damagedEntry_isAMissAndReplaced() {
    try (Site site = Site.of(Layout.REDIS)) {
      site.node().get(PLACE);
      String slot = slot(site, PLACE);
      int length = Integer.parseInt(site.redis().command("STRLEN", slot));
      // Behind the header of the slot, all over the entry.
      for (int at = 10; at < length; at += length / 8) {
        site.redis().command("SETRANGE", slot, Integer.toString(at), "~");
        int loads = site.source().loads();
        Node reader = site.node();
        assertThat(reader.get(PLACE)).as("byte %d", at).isEqualTo(site.source().now(PLACE));
        assertThat(site.source().loads()).as("loads, byte %d", at).isEqualTo(loads + 1);
        assertThat(reader.cache().stats().unreadable()).as("byte %d", at).isEqualTo(1);
      }
    }
  }

  @Test
  void get_entryOfAnotherKeyInTheSlot_isAMissAndReplaced() {
    try (Site site = Site.of(Layout.REDIS)) {
      Node node = site.node();
      node.get(PLACE);
      node.get(OTHER);
      assertThat(site.redis().command("COPY", slot(site, OTHER), slot(site, PLACE), "REPLACE"))
          .isEqualTo("1");
      readsTheTruth(site, 1);
    }
  }

  @Test
  void get_foreignBytesInTheTable_areAMissAndReplaced() throws SQLException {
    try (Site site = Site.of(Layout.DATABASE)) {
      Node node = site.node();
      node.get(PLACE);
      node.get(OTHER);
      plant(site, "decode('00ff00ff', 'hex')");
      readsTheTruth(site, 1);
      plant(site, "overlay(body placing decode('ff', 'hex') from length(body))");
      readsTheTruth(site, 1);
      plant(site, "(SELECT o.body FROM larder.entry o WHERE o.slot LIKE '%us%' LIMIT 1)");
      readsTheTruth(site, 1);
    }
  }

  private static void plant(Site site, String body) throws SQLException {
    try (Connection connection = DriverManager.getConnection(site.databaseUrl());
        PreparedStatement update = connection.prepareStatement(
            "UPDATE larder.entry SET body = " + body + " WHERE slot LIKE '%eu%'")) {
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  @Test
  void get_keyOf64Kilobytes_isCachedLikeAnyOther() {
    for (Layout layout : Layout.values()) {
      try (Site site = Site.of(layout)) {
        Place huge = new Place("x".repeat(64 * 1024), 1);
        Node one = site.node();
        assertThat(one.get(huge)).isEqualTo(site.source().now(huge));
        Node two = site.node();
        assertThat(two.tierOf(huge)).isIn(CacheTier.L2, CacheTier.DATABASE);
        site.source().change(huge);
        var done = two.cache().invalidate(huge);
        assertThat(one.getAtLeast(done, huge)).isEqualTo(site.source().now(huge));
      }
    }
  }

  @Test
  void get_valueAboveTheLimit_isNotStoredAndNoError() {
    for (Layout layout : Layout.values()) {
      try (Site site = Site.of(layout);
          Larder one = site.builder().build();
          Larder two = site.builder().build()) {
        CachePolicy<Long, String> policy =
            CachePolicy.of(Long.class, String.class).maxValueBytes(2_000).build();
        Cache<Long, String> first = one.cache("big", policy);
        Cache<Long, String> second = two.cache("big", policy);
        AtomicInteger loads = new AtomicInteger();
        String big = "b".repeat(10_000);
        for (Cache<Long, String> cache : List.of(first, second)) {
          assertThat(cache.get(1L, id -> {
                loads.incrementAndGet();
                return big;
              }))
              .isEqualTo(big);
          assertThat(cache.stats().tooLarge()).isEqualTo(1);
        }
        assertThat(loads).hasValue(2);
      }
    }
  }
}
