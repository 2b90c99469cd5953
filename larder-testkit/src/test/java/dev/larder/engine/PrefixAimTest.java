package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Lookup;
import dev.larder.manage.Aim;
import dev.larder.manage.KeyQuery;
import dev.larder.manage.Management;
import dev.larder.manage.ManagementException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators end by the beginning of keys is ended, on this node and on others. */
class PrefixAimTest {

  private static final String SLOT = "lab:feed:v1:7L:friends:1";

  private final Lab lab = new Lab(Layout.L1_L2_DATABASE);
  private final Lab.Node node = lab.node();
  private final Cache<Feed, String> here = feeds(node);
  private final Cache<Feed, String> there = feeds(lab.node());
  private final Management management = node.larder.management();

  record Feed(long user, String kind, int page) {}

  private static Cache<Feed, String> feeds(Lab.Node node) {
    return node.larder.cache(
        "feed", CachePolicy.of(Feed.class, String.class).jitter(0).build());
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private static Aim aim(String prefix) {
    return new Aim(Aim.Kind.PREFIX, List.of(prefix));
  }

  private void fill() {
    Feed feed = new Feed(7, "friends", 1);
    here.get(feed, any -> "v1");
    there.get(feed, any -> "v1");
  }

  private boolean isServed(Cache<Feed, String> cache) {
    return cache.get(new Feed(7, "friends", 1)) instanceof Lookup.Hit;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"lab:feed:", "lab:feed:v1:", "lab:feed:v1:7L:", "lab:feed:v1:7L:friends:"})
  void whatThePreviewCounts_isEnded(String prefix) {
    fill();
    assertThat(management.keys(new KeyQuery("feed", "", 10)).keys()).containsExactly(SLOT);
    assertThat(management.preview(aim(prefix)).entries()).isEqualTo(1);
    management.invalidate(aim(prefix), "op");
    lab.catchUpAll();
    assertThat(isServed(here)).isFalse();
    assertThat(isServed(there)).isFalse();
  }

  @Test
  void anotherBeginning_isLeftAlone() {
    fill();
    management.invalidate(aim("lab:feed:v1:8L:"), "op");
    management.invalidate(aim("lab:feeds:v1:"), "op");
    lab.catchUpAll();
    assertThat(isServed(here)).isTrue();
    assertThat(isServed(there)).isTrue();
  }

  /** It would be taken for done, and end nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "lab:feed:v1:7L",
        "lab:feed:7L:",
        "lab:feed:v:",
        "lab:",
        "other:feed:v1:",
        "lab:feed:v1:1:2:3:4:5:6:7:8:9:"
      })
  void beginningThatCoversNothing_isRefused(String prefix) {
    assertThatThrownBy(() -> management.invalidate(aim(prefix), "op"))
        .isInstanceOf(ManagementException.class)
        .hasMessageContaining("'" + prefix + "'");
    assertThatThrownBy(() -> management.preview(aim(prefix)))
        .isInstanceOf(ManagementException.class);
  }
}
