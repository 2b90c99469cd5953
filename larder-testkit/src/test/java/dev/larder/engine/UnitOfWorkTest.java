package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Acknowledgement;
import dev.larder.Lookup;
import dev.larder.UnitOfWork;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 12: what happens inside a transaction is seen outside of it at its commit, or never. */
class UnitOfWorkTest {

  private static final Long OTHER = 2L;

  private Lab lab = new Lab(Layout.L1);

  @AfterEach
  void close() {
    lab.close();
  }

  private Lab.Node node(Layout layout) {
    lab = new Lab(layout);
    lab.source.put(OTHER, "w1");
    Lab.Node node = lab.node();
    node.get();
    node.cache.get(OTHER, lab.source::get);
    return node;
  }

  /** Until the commit everybody else goes on with what the source still has. */
  @ParameterizedTest
  @EnumSource
  void invalidate_waitsForTheCommit(Layout layout) {
    Lab.Node node = node(layout);
    UnitOfWork unit = node.larder.beginUnit();
    assertThat(node.cache.invalidate(Lab.KEY)).isInstanceOf(Acknowledgement.Pending.class);
    unit.suspend();
    assertThat(node.cached()).isEqualTo("v1");
    unit.resume();
    lab.commit("v2");
    assertThat(unit.commit()).containsInstanceOf(Acknowledgement.Appended.class);
    assertThat(node.get()).isEqualTo("v2");
    if (layout.isShared()) {
      Lab.Node late = lab.node();
      assertThat(late.get()).isEqualTo("v2");
    }
  }

  /** After a roll-back nothing has happened: the entries are still there. */
  @ParameterizedTest
  @EnumSource
  void rollback_forgetsInvalidationsAndWrites(Layout layout) {
    Lab.Node node = node(layout);
    UnitOfWork unit = node.larder.beginUnit();
    node.larder.invalidateTags("id:1");
    node.cache.clear();
    node.cache.put(Lab.KEY, "never");
    unit.rollback();
    assertThat(node.cache.get(OTHER).orNull()).isEqualTo("w1");
    // The token of the write was planted over the slot, so L1 alone may still have it.
    assertThat(node.get()).isEqualTo("v1");
  }

  /** Own writes are read in the unit: what was invalidated comes from the source, and is not stored. */
  @ParameterizedTest
  @EnumSource
  void readsOfWhatWasInvalidated_goToTheSourceAndFillNothing(Layout layout) {
    Lab.Node node = node(layout);
    UnitOfWork unit = node.larder.beginUnit();
    node.larder.invalidateTags("id:1");
    assertThat(node.cache.get(Lab.KEY, id -> "uncommitted")).isEqualTo("uncommitted");
    assertThat(node.isMissing()).isTrue();
    assertThat(node.cache.getAll(
            List.of(Lab.KEY, OTHER),
            ids -> ids.stream().collect(Collectors.toMap(id -> id, id -> "uncommitted"))))
        .isEqualTo(Map.of(Lab.KEY, "uncommitted", OTHER, "w1"));
    unit.rollback();
    assertThat(node.cached()).isEqualTo("v1");
  }

  /** What a unit that has written loads for the first time is stored nowhere, even if not covered. */
  @ParameterizedTest
  @EnumSource
  void loadsAfterTheFirstWrite_areNotStored(Layout layout) {
    Lab.Node node = node(layout);
    UnitOfWork unit = node.larder.beginUnit();
    node.cache.invalidate(Lab.KEY);
    assertThat(node.cache.get(3L, id -> "uncommitted")).isEqualTo("uncommitted");
    unit.rollback();
    assertThat(node.cache.get(3L)).isInstanceOf(Lookup.Miss.class);
  }

  /** A load that makes its own transaction write, as by a query's flush, has read what may never commit. */
  @ParameterizedTest
  @EnumSource
  void loadThatWrites_isNotStored(Layout layout) {
    Lab.Node node = node(layout);
    UnitOfWork unit = node.larder.beginUnit();
    assertThat(node.cache.get(3L, id -> {
          node.larder.invalidateTags("id:4");
          return "uncommitted";
        }))
        .isEqualTo("uncommitted");
    unit.rollback();
    assertThat(node.cache.get(3L)).isInstanceOf(Lookup.Miss.class);
  }

  /** A load around a transaction of its own is not part of it. */
  @ParameterizedTest
  @EnumSource
  void loadAroundATransaction_isStored(Layout layout) {
    Lab.Node node = node(layout);
    node.cache.get(3L, id -> {
      UnitOfWork unit = node.larder.beginUnit();
      node.larder.invalidateTags("id:4");
      unit.commit();
      return "committed";
    });
    assertThat(node.cache.get(3L).orNull()).isEqualTo("committed");
  }

  /** A write that Larder was not told of makes all reads careful. */
  @ParameterizedTest
  @EnumSource
  void touch_sendsEveryReadToTheSource(Layout layout) {
    Lab.Node node = node(layout);
    UnitOfWork unit = node.larder.beginUnit();
    unit.touch();
    assertThat(node.cache.get(Lab.KEY, id -> "uncommitted")).isEqualTo("uncommitted");
    assertThat(unit.commit()).isEmpty();
    assertThat(node.cached()).isEqualTo("v1");
  }

  /**
   * The transaction began, another committed and invalidated, and only then the first one loads: its
   * snapshot has the old value, which nobody else may get.
   */
  @ParameterizedTest
  @EnumSource
  void loadInAnOldTransaction_isAsOfItsBeginning(Layout layout) throws Exception {
    Lab.Node node = node(layout);
    UnitOfWork unit = node.larder.beginUnit();
    unit.suspend();
    node.cache.invalidate(Lab.KEY);
    lab.commit("v2");
    node.cache.invalidate(Lab.KEY);
    unit.resume();
    assertThat(node.cache.get(Lab.KEY, id -> "v1")).isEqualTo("v1");
    unit.commit();
    assertThat(node.get()).isEqualTo("v2");
    if (layout.isShared()) {
      assertThat(lab.node().get()).isEqualTo("v2");
    }
  }

  /** A value put in a unit is read there at once, by others after the commit, from the cache. */
  @ParameterizedTest
  @EnumSource
  void put_isSeenInTheUnitAtOnceAndByOthersAfterTheCommit(Layout layout) {
    Lab.Node node = node(layout);
    UnitOfWork unit = node.larder.beginUnit();
    node.cache.put(Lab.KEY, "v2");
    assertThat(node.cached()).isEqualTo("v2");
    assertThat(node.get()).isEqualTo("v2");
    lab.commit("v2");
    unit.commit();
    assertThat(node.get()).isEqualTo("v2");
    if (layout != Layout.L1_DATABASE) {
      assertThat(node.cached()).isEqualTo("v2");
    }
  }

  /** Another writes and invalidates the key before the commit: the older value is not stored. */
  @ParameterizedTest
  @EnumSource
  void put_overtakenByAnotherWriter_isNotStored(Layout layout) {
    Lab.Node node = node(layout);
    UnitOfWork unit = node.larder.beginUnit();
    node.cache.put(Lab.KEY, "v2");
    unit.suspend();
    lab.commit("v3");
    node.cache.invalidate(Lab.KEY);
    unit.resume();
    unit.commit();
    assertThat(node.get()).isEqualTo("v3");
  }

  /** A tag was invalidated after the unit began: what the unit read may be older than that. */
  @ParameterizedTest
  @EnumSource
  void put_whoseTagWasInvalidatedSinceTheBeginning_isNotServed(Layout layout) {
    Lab.Node node = node(layout);
    UnitOfWork unit = node.larder.beginUnit();
    unit.suspend();
    node.larder.invalidateTags("of:v");
    unit.resume();
    node.cache.put(Lab.KEY, "v2");
    unit.commit();
    assertThat(node.isMissing()).isTrue();
  }

  /** An invalidation after the put is the later word. */
  @ParameterizedTest
  @EnumSource
  void putAndThenInvalidate_storesNothing(Layout layout) {
    Lab.Node node = node(layout);
    UnitOfWork unit = node.larder.beginUnit();
    node.cache.put(Lab.KEY, "v2");
    node.cache.invalidate(Lab.KEY);
    assertThat(node.isMissing()).isTrue();
    unit.commit();
    assertThat(node.isMissing()).isTrue();
  }

  /** A unit inside a unit is one of its own: its roll-back takes nothing of the outer one along. */
  @ParameterizedTest
  @EnumSource
  void nestedUnits_endOnTheirOwn(Layout layout) {
    Lab.Node node = node(layout);
    UnitOfWork outer = node.larder.beginUnit();
    node.cache.invalidate(Lab.KEY);
    UnitOfWork inner = node.larder.beginUnit();
    assertThat(node.cached()).isEqualTo("v1");
    node.cache.invalidate(OTHER);
    inner.commit();
    assertThat(node.cache.get(OTHER)).isInstanceOf(Lookup.Miss.class);
    assertThat(node.isMissing()).isTrue();
    outer.rollback();
    assertThat(node.cached()).isEqualTo("v1");
  }

  /** Back to a savepoint: what was invalidated since then is not, what was before is. */
  @ParameterizedTest
  @EnumSource
  void rollbackToASavepoint_keepsWhatWasBefore(Layout layout) {
    Lab.Node node = node(layout);
    UnitOfWork unit = node.larder.beginUnit();
    node.cache.invalidate(Lab.KEY);
    Object savepoint = unit.savepoint();
    node.cache.invalidate(OTHER);
    node.cache.put(3L, "x");
    unit.rollbackTo(savepoint);
    assertThat(node.cache.get(3L)).isInstanceOf(Lookup.Miss.class);
    unit.commit();
    assertThat(node.isMissing()).isTrue();
    assertThat(node.cache.get(OTHER).orNull()).isEqualTo("w1");
    assertThat(node.cache.get(3L)).isInstanceOf(Lookup.Miss.class);
  }

  /** Nobody knows whether it committed: everything is ended, and nothing stored. */
  @ParameterizedTest
  @EnumSource
  void endUnknown_invalidatesAll(Layout layout) {
    Lab.Node node = node(layout);
    UnitOfWork unit = node.larder.beginUnit();
    node.cache.put(Lab.KEY, "v2");
    node.larder.invalidateTags("id:2");
    assertThat(unit.endUnknown()).isPresent();
    assertThat(node.isMissing()).isTrue();
    assertThat(node.cache.get(OTHER)).isInstanceOf(Lookup.Miss.class);
  }

  /** Everything of a unit is one record where it fits in one. */
  @ParameterizedTest
  @EnumSource
  void commit_isOneRecord(Layout layout) {
    Lab.Node node = node(layout);
    Set<Long> nonces = new java.util.HashSet<>();
    node.larder.onChange(change -> nonces.add(change.nonce()));
    UnitOfWork unit = node.larder.beginUnit();
    node.cache.invalidate(Lab.KEY);
    node.larder.invalidateTags("of:w", "of:x");
    node.larder.batch().cache(node.cache).apply();
    unit.commit();
    assertThat(nonces).hasSize(1);
    assertThat(unit.commit()).isEmpty();
  }
}
