package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.strategy.CacheAdmin;
import dev.larder.strategy.CacheAside;
import dev.larder.strategy.CacheStrategy;
import dev.larder.strategy.TtlOnly;
import dev.larder.strategy.WritableSource;
import dev.larder.strategy.WriteThrough;
import dev.larder.testkit.Call;
import dev.larder.testkit.Stall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each strategy reads, writes and promises, over every layout of tiers. */
class StrategiesTest {

  private Lab lab = new Lab(Layout.L1);
  private final List<Long> loaded = new ArrayList<>();

  @AfterEach
  void close() {
    lab.close();
  }

  private final class Table implements WritableSource<Long, String> {
    @Override
    public @Nullable String load(Long key) {
      loaded.add(key);
      return lab.source.get(key);
    }

    @Override
    public String store(Long key, String value) {
      lab.source.put(key, value);
      return value;
    }
  }

  private TtlOnly<Long, String> ttlOnly(Lab.Node node) {
    return TtlOnly.of(
        node.larder, "online", Lab.policy().ttl(Duration.ofMinutes(1)).build());
  }

  private CacheAside<Long, String> aside(Lab.Node node) {
    return CacheAside.of(node.larder, "feed", Lab.policy().build(), new Table());
  }

  private WriteThrough<Long, String> through(Lab.Node node) {
    return WriteThrough.of(node.larder, "chat", Lab.policy().build(), new Table());
  }

  private Lab.Node node(Layout layout) {
    lab = new Lab(layout);
    return lab.node();
  }

  /** What one node sets another reads, until the ttl is over. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1_DATABASE")
  void ttlOnly_isReadByAllUntilItsTimeIsOver(Layout layout) {
    Lab.Node one = node(layout);
    TtlOnly<Long, String> here = ttlOnly(one);
    TtlOnly<Long, String> there = layout.isShared() ? ttlOnly(lab.node()) : here;
    assertThat(here.get(1L)).isNull();
    here.set(1L, "on");
    here.setMany(Map.of(2L, "a", 3L, "b"));
    assertThat(there.get(1L)).isEqualTo("on");
    assertThat(there.getMany(List.of(3L, 9L, 1L, 3L)))
        .containsExactly(Map.entry(3L, "b"), Map.entry(1L, "on"));
    here.delete(1L);
    assertThat(here.get(1L)).isNull();
    lab.time.advance(Duration.ofMinutes(1));
    assertThat(there.getMany(List.of(1L, 2L, 3L))).isEmpty();
  }

  /** With no L2 that could take a value it is lost, and nobody fails. */
  @Test
  void ttlOnly_withoutL2BesideADatabase_isKeptNowhere() {
    TtlOnly<Long, String> online = ttlOnly(node(Layout.L1_DATABASE));
    online.set(1L, "on");
    assertThat(online.get(1L)).isNull();
  }

  /** Each voids what the other stores; nobody else knows the value, so it must not be lost. */
  @Test
  void ttlOnly_ofTwoThatSetAtOnce_oneStands() {
    Lab.Node one = node(Layout.L1_L2);
    TtlOnly<Long, String> here = ttlOnly(one);
    Lab.Node two = lab.node();
    TtlOnly<Long, String> there = ttlOnly(two);
    Stall fills = one.l2.on(Call.TIER_FILL).times(1).stall();
    CompletableFuture<?> setting = CompletableFuture.runAsync(() -> here.set(1L, "one"));
    fills.awaitHeld();
    there.set(1L, "two");
    fills.release();
    setting.join();
    two.catchUp();
    assertThat(there.get(1L)).isEqualTo("one");
  }

  @ParameterizedTest
  @EnumSource
  void cacheAside_loadsOnce_untilDeleted(Layout layout) {
    CacheAside<Long, String> feeds = aside(node(layout));
    assertThat(feeds.get(1L)).isEqualTo("v1");
    assertThat(feeds.get(1L)).isEqualTo("v1");
    assertThat(loaded).containsExactly(1L);
    lab.commit("v2");
    feeds.delete(1L);
    assertThat(feeds.getMany(List.of(1L, 5L))).containsExactly(Map.entry(1L, "v2"));
    assertThat(feeds.getMany(List.of(1L))).containsExactly(Map.entry(1L, "v2"));
    assertThat(loaded).containsExactlyInAnyOrder(1L, 1L, 5L);
    feeds.deleteMany(List.of(1L));
    assertThat(feeds.getOrSet(1L, key -> "other")).isEqualTo("other");
    assertThat(feeds.get(1L)).isEqualTo("other");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1_DATABASE")
  void cacheAside_set_isServedWithoutALoad(Layout layout) {
    CacheAside<Long, String> feeds = aside(node(layout));
    feeds.set(1L, "v1");
    feeds.setMany(Map.of(2L, "w"));
    assertThat(feeds.getMany(List.of(1L, 2L))).hasSize(2);
    assertThat(loaded).isEmpty();
  }

  /** The write is in the source and in the cache: nobody loads. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1_DATABASE")
  void writeThrough_writesSourceAndCache(Layout layout) {
    WriteThrough<Long, String> chat = through(node(layout));
    chat.set(1L, "v2");
    chat.setMany(Map.of(2L, "w"));
    assertThat(lab.source).containsEntry(1L, "v2").containsEntry(2L, "w");
    assertThat(chat.get(1L)).isEqualTo("v2");
    assertThat(loaded).isEmpty();
  }

  /**
   * The other node has the old value in L1 and has heard of nothing: a read that begins after the write
   * was acknowledged has it all the same.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "L1")
  void writeThrough_acknowledgedWriteIsInEveryLaterRead(Layout layout) {
    WriteThrough<Long, String> here = through(node(layout));
    WriteThrough<Long, String> there = through(lab.node());
    assertThat(there.get(1L)).isEqualTo("v1");
    here.set(1L, "v2");
    assertThat(there.get(1L)).isEqualTo("v2");
    here.set(1L, "v3");
    assertThat(there.getMany(List.of(1L))).containsEntry(1L, "v3");
    here.set(1L, "v4");
    assertThat(there.getOrSet(1L, key -> lab.source.get(key))).isEqualTo("v4");
  }

  /** A load on the other node read the old value before the write and is still under way. */
  @ParameterizedTest
  @EnumSource(names = {"L1_L2", "L1_L2_DATABASE"})
  void writeThrough_doesNotAnswerByALoadThatBeganBefore(Layout layout) {
    WriteThrough<Long, String> here = through(node(layout));
    WriteThrough<Long, String> there = through(lab.node());
    CompletableFuture<String> slow = new CompletableFuture<>();
    var unused = there.cache().async().get(1L, key -> slow);
    here.set(1L, "v2");
    CompletableFuture<@Nullable String> read = new CompletableFuture<>();
    Thread reader = new Thread(() -> read.complete(there.get(1L)), "reader");
    reader.start();
    await().until(() -> reader.getState() == Thread.State.WAITING);
    slow.complete("v1");
    assertThat(read).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("v2");
  }

  /** A node that cannot prove what it knows asks the source. */
  @ParameterizedTest
  @EnumSource(names = {"L1_L2", "L1_L2_DATABASE"})
  void writeThrough_withoutItsLog_readsTheSource(Layout layout) {
    WriteThrough<Long, String> here = through(node(layout));
    Lab.Node cutOff = lab.node();
    WriteThrough<Long, String> there = through(cutOff);
    there.get(1L);
    cutOff.l2.on(Call.LOG_TAIL).fail();
    here.set(1L, "v2");
    assertThat(there.get(1L)).isEqualTo("v2");
    assertThat(there.getMany(List.of(1L))).containsEntry(1L, "v2");
    assertThat(CacheAdmin.of(cutOff.larder).health().isHealthy()).isFalse();
    assertThat(CacheAdmin.of(lab.node().larder).health().isHealthy()).isTrue();
  }

  /** Two namespaces of equal keys: other slots, and clearing one leaves the other. */
  @ParameterizedTest
  @EnumSource
  void namespacesAreApart(Layout layout) {
    Lab.Node one = node(layout);
    CacheAside<Long, String> feeds = aside(one);
    WriteThrough<Long, String> chat = through(one);
    feeds.get(1L);
    chat.get(1L);
    assertThat(List.of(feeds, chat))
        .extracting(CacheStrategy::namespace)
        .containsExactly("feed", "chat");
    assertThat(feeds.key(1L)).isEqualTo("lab:feed:v1:1L");
    assertThat(chat.key(1L)).isEqualTo("lab:chat:v1:1L");
    CacheAdmin admin = CacheAdmin.of(one.larder);
    admin.clear("feed");
    loaded.clear();
    chat.get(1L);
    assertThat(loaded).isEmpty();
    feeds.get(1L);
    assertThat(loaded).containsExactly(1L);
    assertThat(admin.stats().entriesInL1()).isGreaterThanOrEqualTo(2);
    assertThat(admin.stats().hitRate()).isEqualTo(0.25);
    assertThatThrownBy(() -> admin.clear("fed")).hasMessageContaining("no namespace fed");
  }

  /** Puts under way at once do not wait for each other. */
  @Test
  void putsAtOnceDoNotWaitForEachOther() {
    Lab.Node one = node(Layout.L1_L2);
    Stall fills = one.l2.on(Call.TIER_FILL).stall();
    CacheAside<Long, String> feeds = aside(one);
    var first = feeds.cache().async().put(1L, "a");
    var second = feeds.cache().async().put(2L, "b");
    assertThat(fills.held()).isEqualTo(2);
    fills.release();
    assertThat(Lab.done(first).position()).isPresent();
    assertThat(Lab.done(second).position()).isPresent();
    assertThat(feeds.getMany(List.of(1L, 2L))).hasSize(2);
  }
}
