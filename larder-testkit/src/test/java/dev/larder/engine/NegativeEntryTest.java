package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CachePolicy;
import dev.larder.Lookup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Absences, nulls and values that look like nothing. */
class NegativeEntryTest {

  private Lab lab = new Lab(Layout.L1);

  @AfterEach
  void close() {
    lab.close();
  }

  private static Lab.Node node(Lab lab, CachePolicy<Long, String> policy) {
    lab.source.clear();
    return lab.node(policy);
  }

  private static CachePolicy<Long, String> remembering() {
    return Lab.policy().negativeTtl(Duration.ofMinutes(1)).build();
  }

  /** An absence is an answer, here and on another node, until its own time is over. */
  @ParameterizedTest
  @EnumSource
  void absenceIsRemembered(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = node(lab, remembering());
    assertThat(node.get()).isNull();
    lab.commit("v1");
    assertThat(node.get()).isNull();
    assertThat(node.cache.get(Lab.KEY)).isInstanceOf(Lookup.Absence.class);
    if (layout.isShared()) {
      assertThat(lab.node(remembering()).cache.get(Lab.KEY)).isInstanceOf(Lookup.Absence.class);
    }
    lab.time.advance(Duration.ofMinutes(1));
    if (layout.isShared()) {
      node.catchUp();
    }
    assertThat(node.get()).isEqualTo("v1");
  }

  /** A row comes into being and its tag is invalidated: the absence carried the tags of its key. */
  @ParameterizedTest
  @EnumSource
  void absenceEndsWithTheTagsOfItsKey(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = node(lab, remembering());
    node.get();
    Lab.Node other = layout.isShared() ? lab.node(remembering()) : node;
    assertThat(other.cache.get(Lab.KEY)).isInstanceOf(Lookup.Absence.class);
    lab.commit("v1");
    node.larder.invalidateTags("id:1");
    if (layout.isShared()) {
      other.catchUp();
    }
    assertThat(node.get()).isEqualTo("v1");
    assertThat(other.get()).isEqualTo("v1");
  }

  /** The source is asked while the row comes into being: the absence is not stored over that. */
  @ParameterizedTest
  @EnumSource
  void absenceLoadedBeforeAnInvalidationIsNotStored(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = node(lab, remembering());
    node.cache.get(Lab.KEY, id -> {
      lab.commit("v1");
      node.cache.invalidate(id);
      return null;
    });
    assertThat(node.get()).isEqualTo("v1");
  }

  /** Without a negative ttl nothing is remembered, and the lease is given back. */
  @ParameterizedTest
  @EnumSource
  void absenceIsNotRememberedUnlessAsked(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = node(lab, Lab.policy().build());
    assertThat(node.get()).isNull();
    lab.commit("v1");
    assertThat(node.get()).isEqualTo("v1");
  }

  /** Null is a value where the policy says so, and then a hit. */
  @ParameterizedTest
  @EnumSource
  void nullIsAValue(Layout layout) {
    lab = new Lab(layout);
    Lab.Node node = node(lab, Lab.policy().nullValues().build());
    node.get();
    lab.commit("v1");
    assertThat(node.get()).isNull();
    assertThat(node.cache.get(Lab.KEY))
        .isInstanceOfSatisfying(Lookup.Hit.class, hit -> assertThat(hit.value()).isNull());
    assertThat(node.cache.getAll(List.of(Lab.KEY), missing -> Map.of())).containsKey(Lab.KEY);
    if (layout.isShared()) {
      Lab.Node other = lab.node(Lab.policy().nullValues().build());
      assertThat(other.get()).isNull();
      assertThat(other.cache.stats().loads()).isZero();
    }
  }

  /** An empty text and "0" are values, not misses. */
  @ParameterizedTest
  @EnumSource
  void emptyValuesAreNoMisses(Layout layout) {
    lab = new Lab(layout);
    CachePolicy<Long, String> policy =
        CachePolicy.of(Long.class, String.class).tags((id, value) -> Set.of()).build();
    Lab.Node node = lab.node(policy);
    for (String value : List.of("", "0", "null")) {
      node.cache.invalidate(Lab.KEY);
      assertThat(node.cache.get(Lab.KEY, id -> value)).isEqualTo(value);
      assertThat(node.cache.get(Lab.KEY, id -> "loaded again")).isEqualTo(value);
      if (layout.isShared()) {
        assertThat(lab.node(policy).cache.get(Lab.KEY, id -> "loaded again")).isEqualTo(value);
      }
    }
  }
}
