package dev.larder.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Acknowledgement;
import dev.larder.CacheTier;
import dev.larder.Lookup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Three nodes on each layout agree about everything that the cache offers. */
@Execution(ExecutionMode.CONCURRENT)
class LayoutIT {

  private static final Place PLACE = new Place("eu", 1);
  private static final Place OTHER = new Place("us", 2);

  static Stream<Arguments> endings() {
    return Stream.of(Layout.values())
        .flatMap(layout -> Stream.of(Ending.values()).map(ending -> Arguments.of(layout, ending)));
  }

  private static List<Node> nodes(Site site) {
    return IntStream.range(0, 3).mapToObj(i -> site.node()).toList();
  }

  @ParameterizedTest
  @MethodSource("endings")
  void invalidate_onOneNode_endsTheEntryOnAll(Layout layout, Ending ending) {
    try (Site site = Site.of(layout)) {
      List<Node> nodes = nodes(site);
      for (Node invalidating : nodes) {
        nodes.forEach(
            node -> assertThat(node.get(PLACE)).isEqualTo(site.source().now(PLACE)));
        String changed = site.source().change(PLACE);
        Acknowledgement done = ending.end(invalidating, PLACE);
        assertThat(invalidating.get(PLACE)).as("on its own node").isEqualTo(changed);
        for (Node node : nodes) {
          assertThat(node.getAtLeast(done, PLACE)).isEqualTo(changed);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void invalidate_ofAPart_leavesOtherEntries(Layout layout) {
    try (Site site = Site.of(layout)) {
      List<Node> nodes = nodes(site);
      nodes.forEach(node -> {
        node.get(PLACE);
        node.get(OTHER);
      });
      for (Ending ending : List.of(Ending.KEY, Ending.TAG, Ending.PREFIX)) {
        Acknowledgement done = ending.end(nodes.get(0), PLACE);
        for (Node node : nodes) {
          assertThat(
                  node.cache().atLeast(done.position().orElseThrow()).get(OTHER).orNull())
              .as("%s on another key", ending)
              .isEqualTo(site.source().now(OTHER));
        }
        nodes.get(0).get(PLACE);
      }
      assertThat(site.source().loads()).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void get_onANodeThatJustStarted_findsWhatOthersLoaded(Layout layout) {
    try (Site site = Site.of(layout)) {
      Node first = site.node();
      List<Place> places = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        places.add(new Place("eu", i));
        first.get(places.get(i));
      }
      // What ended before the start has to stay ended; what did not is served.
      String changed = site.source().change(places.get(7));
      first.larder().invalidateTags("id:7");
      int loads = site.source().loads();
      Node late = site.node();
      for (Place place : places) {
        assertThat(late.get(place)).isEqualTo(site.source().now(place));
      }
      assertThat(late.peek(places.get(7))).isEqualTo(changed);
      assertThat(site.source().loads()).isEqualTo(loads + 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void write_onOneNode_isReadOnAll(Layout layout) {
    try (Site site = Site.of(layout)) {
      List<Node> nodes = nodes(site);
      for (Node writer : nodes) {
        nodes.forEach(node -> node.get(PLACE));
        Acknowledgement done = writer.cache().write(PLACE, () -> site.source().change(PLACE));
        String written = site.source().now(PLACE);
        assertThat(writer.get(PLACE)).isEqualTo(written);
        for (Node node : nodes) {
          assertThat(node.getAtLeast(done, PLACE)).isEqualTo(written);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void put_onOneNode_isReadOnAll(Layout layout) {
    try (Site site = Site.of(layout)) {
      List<Node> nodes = nodes(site);
      nodes.forEach(node -> node.get(PLACE));
      String changed = site.source().change(PLACE);
      Acknowledgement done = nodes.get(1).cache().put(PLACE, changed);
      assertThat(nodes.get(1).get(PLACE)).isEqualTo(changed);
      nodes.forEach(node -> assertThat(node.getAtLeast(done, PLACE)).isEqualTo(changed));
    }
  }

  @ParameterizedTest
  @EnumSource
  void update_onOneNode_isReadOrLoadedOnAll(Layout layout) {
    try (Site site = Site.of(layout)) {
      List<Node> nodes = nodes(site);
      nodes.forEach(node -> node.get(PLACE));
      Lookup<String> updated = nodes.get(0).cache().update(PLACE, value -> value + "0");
      for (Node node : nodes) {
        assertThat(node.larder().catchUp().toCompletableFuture().join()).isTrue();
        if (layout.hasRedis()) {
          assertThat(updated.orNull()).isEqualTo("eu/1 v10");
          assertThat(node.peek(PLACE)).isEqualTo("eu/1 v10");
        } else {
          // A database tier cannot change an entry in place: it ends it.
          assertThat(updated).isInstanceOf(Lookup.Miss.class);
          assertThat(node.get(PLACE)).isEqualTo(site.source().now(PLACE));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void getAll_loadsWhatNoNodeHas(Layout layout) {
    try (Site site = Site.of(layout)) {
      List<Node> nodes = nodes(site);
      List<Place> places =
          IntStream.range(0, 100).mapToObj(i -> new Place("eu", i)).toList();
      places.subList(0, 30).forEach(nodes.get(0)::get);
      Map<Place, String> all = nodes.get(1).cache().getAll(places, missing -> {
        assertThat(missing).containsExactlyElementsOf(places.subList(30, 100));
        return loaded(site, missing);
      });
      assertThat(all.keySet()).containsExactlyElementsOf(places);
      assertThat(nodes.get(2).cache().getAll(places, missing -> {
            throw new AssertionError("asked for " + missing);
          }))
          .isEqualTo(all);
      site.source().change(places.get(50));
      Acknowledgement done = nodes.get(0).cache().invalidateAll(places.subList(40, 60));
      assertThat(nodes
              .get(2)
              .cache()
              .atLeast(done.position().orElseThrow())
              .getAll(places, missing -> {
                assertThat(missing).containsExactlyElementsOf(places.subList(40, 60));
                return loaded(site, missing);
              })
              .get(places.get(50)))
          .isEqualTo(site.source().now(places.get(50)));
    }
  }

  private static Map<Place, String> loaded(Site site, Set<Place> missing) {
    Map<Place, String> loaded = new LinkedHashMap<>();
    missing.forEach(place -> loaded.put(place, site.source().load(place)));
    return loaded;
  }

  @ParameterizedTest
  @EnumSource
  void get_afterALoad_isAnsweredByL1AndElsewhereByTheFirstTierBelow(Layout layout) {
    try (Site site = Site.of(layout)) {
      Node first = site.node();
      Node second = site.node();
      first.get(PLACE);
      assertThat(first.tierOf(PLACE)).isEqualTo(CacheTier.L1);
      assertThat(second.tierOf(PLACE))
          .isEqualTo(layout.hasRedis() ? CacheTier.L2 : CacheTier.DATABASE);
      assertThat(second.tierOf(PLACE)).isEqualTo(CacheTier.L1);
    }
  }
}
