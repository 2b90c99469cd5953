package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Acknowledgement;
import dev.larder.testkit.Call;
import dev.larder.testkit.Stall;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A load that began before an invalidation is stored in no tier: the placeholder is the fence. */
class PlaceholderFenceTest {

  private Lab lab = new Lab(Layout.L1);

  @AfterEach
  void close() {
    lab.close();
  }

  /** Reader loads v1, writer commits v2 and invalidates the key, reader fills v1. */
  @ParameterizedTest
  @EnumSource
  void loadBegunBeforeAKeyInvalidationIsNotStored(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node();
    String answer = node.cache.get(Lab.KEY, id -> {
      String read = lab.source.get(id);
      lab.commit("v2");
      node.cache.invalidate(id);
      return read;
    });
    assertThat(answer).isEqualTo("v1");
    assertThat(node.isMissing()).isTrue();
    assertThat(node.get()).isEqualTo("v2");
    assertThat(node.cached()).isEqualTo("v2");
  }

  /** Reader loads v1, writer commits v2 and invalidates one of its tags, reader fills v1. */
  @ParameterizedTest
  @EnumSource
  void loadBegunBeforeATagInvalidationIsNotServed(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node();
    node.cache.get(Lab.KEY, id -> {
      String read = lab.source.get(id);
      lab.commit("v2");
      node.larder.invalidateTags("of:v");
      return read;
    });
    assertThat(node.isMissing()).isTrue();
    assertThat(node.get()).isEqualTo("v2");
    assertThat(lab.node().get()).isEqualTo("v2");
  }

  /** As before with the whole cache, and with everything, ended during the load. */
  @ParameterizedTest
  @EnumSource
  void loadBegunBeforeAClearIsNotServed(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node();
    for (Runnable clear : new Runnable[] {() -> node.cache.clear(), () -> node.larder.clear()}) {
      node.cache.invalidate(Lab.KEY);
      node.cache.get(Lab.KEY, id -> {
        clear.run();
        return "old";
      });
      assertThat(node.isMissing()).isTrue();
      if (layout.isShared()) {
        assertThat(lab.node().isMissing()).isTrue();
      }
    }
  }

  /** The writer is another process: the reader's node has heard nothing, only the slot says no. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void anotherNodesInvalidationRefusesTheFill(Layout layout) {
    lab = new Lab(layout);
    Lab.Node reader = lab.node();
    Lab.Node writer = lab.node();
    reader.cache.get(Lab.KEY, id -> {
      String read = lab.source.get(id);
      lab.commit("v2");
      writer.cache.invalidate(id);
      return read;
    });
    assertThat(writer.isMissing()).isTrue();
    assertThat(writer.get()).isEqualTo("v2");
    reader.catchUp();
    assertThat(reader.get()).isEqualTo("v2");
    assertThat(reader.cache.stats().fillsRefused()).isEqualTo(1);
  }

  /**
   * Reader A loads v1, its placeholder is deleted by an invalidation, reader B plants one of its own;
   * A's fill must not land on B's placeholder.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void lateFillDoesNotLandOnAnothersPlaceholder(Layout layout) {
    lab = new Lab(layout);
    Lab.Node late = lab.node();
    Lab.Node writer = lab.node();
    CompletableFuture<String> second = new CompletableFuture<>();
    late.cache.get(Lab.KEY, id -> {
      String read = lab.source.get(id);
      lab.commit("v2");
      writer.cache.invalidate(id);
      assertThat(Lab.isDone(writer.cache.async().get(id, k -> second))).isFalse();
      return read;
    });
    assertThat(writer.isMissing()).isTrue();
    second.complete("v2");
    assertThat(lab.node().cached()).isEqualTo("v2");
  }

  /** The slot runs out or is evicted during the load; what is loaded then has no right to be stored. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void fillIntoAnEmptySlotIsRefused(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node();
    Lab.Node other = lab.node();
    node.cache.get(Lab.KEY, id -> {
      lab.l2.tier().delete(List.of(lab.slot()));
      lab.database.tier().delete(List.of(lab.slot()));
      return "v1";
    });
    assertThat(other.isMissing()).isTrue();
  }

  /** The fill is on its way to the store when the invalidation overtakes it. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void fillOvertakenOnTheWireIsRefused(Layout layout) {
    lab = new Lab(layout);
    Lab.Node reader = lab.node();
    Lab.Node writer = lab.node();
    Stall fill = reader.near().on(Call.TIER_FILL).stall();
    CompletionStage<@Nullable String> read =
        reader.cache.async().get(Lab.KEY, id -> CompletableFuture.completedFuture("v1"));
    assertThat(fill.held()).isEqualTo(1);
    lab.commit("v2");
    Acknowledgement done = writer.cache.invalidate(Lab.KEY);
    fill.release();
    assertThat(Lab.done(read)).isEqualTo("v1");
    assertThat(writer.isMissing()).isTrue();
    assertThat(reader.cache.atLeast(done.position().orElseThrow()).get(Lab.KEY, lab.source::get))
        .isEqualTo("v2");
  }

  /** A refresh compares with the entry that it replaces: invalidated meanwhile, it stores nothing. */
  @ParameterizedTest
  @EnumSource
  void refreshBegunBeforeAnInvalidationIsNotStored(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node();
    node.get();
    node.cache.refresh(Lab.KEY, id -> {
      String read = lab.source.get(id);
      lab.commit("v2");
      node.cache.invalidate(id);
      return read;
    });
    assertThat(node.isMissing()).isTrue();
    assertThat(node.get()).isEqualTo("v2");
  }

  /** A refresh of one node ends after a newer value was stored by another: it must not replace it. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void lateRefreshDoesNotReplaceANewerEntry(Layout layout) {
    lab = new Lab(layout);
    Lab.Node late = lab.node();
    Lab.Node writer = lab.node();
    late.get();
    late.cache.refresh(Lab.KEY, id -> {
      String read = lab.source.get(id);
      lab.commit("v2");
      writer.cache.invalidate(id);
      writer.get();
      return read;
    });
    assertThat(lab.node().cached()).isEqualTo("v2");
    late.catchUp();
    assertThat(late.get()).isEqualTo("v2");
  }

  /** A refresh that finds the source empty leaves nothing of the old value behind. */
  @ParameterizedTest
  @EnumSource
  void refreshThatFindsNothingEndsTheEntry(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node();
    node.get();
    assertThat(node.cache.<RuntimeException>refresh(Lab.KEY, id -> null)).isNull();
    assertThat(node.isMissing()).isTrue();
    if (layout.isShared()) {
      assertThat(lab.node().isMissing()).isTrue();
    }
  }

  /** Many keys loaded at once are fenced one by one. */
  @ParameterizedTest
  @EnumSource
  void bulkLoadBegunBeforeAnInvalidationStoresOnlyTheOthers(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = lab.node();
    var all = node.cache.getAll(List.of(1L, 2L), missing -> {
      node.cache.invalidate(1L);
      return Map.of(1L, "a1", 2L, "a2");
    });
    assertThat(all).containsExactly(Map.entry(1L, "a1"), Map.entry(2L, "a2"));
    assertThat(node.cache.get(1L).isAnswered()).isFalse();
    assertThat(node.cache.get(2L).orNull()).isEqualTo("a2");
    if (layout.isShared()) {
      Lab.Node other = lab.node();
      assertThat(other.cache.get(1L).isAnswered()).isFalse();
      assertThat(other.cache.get(2L).orNull()).isEqualTo("a2");
    }
  }
}
