package dev.larder.internal.manage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is still told of when there was much traffic since. */
class EventRingsTest {

  private EventRings rings = new EventRings();
  private long lastId;

  private void add(Event.Kind kind, int times) {
    for (int i = 0; i < times; i++) {
      rings.add(new Event(++lastId, "n1", lastId, kind, "", kind.name(), "", 0, 1));
    }
  }

  private List<Event.Kind> newest(int limit) {
    return rings.newest(any -> true, limit).stream().map(Event::kind).toList();
  }

  @Test
  void beginningOfAnOutage_isKept_howeverManyLoadsAndMissesCame() {
    add(Event.Kind.CIRCUIT, 1);
    add(Event.Kind.LOAD, 10_000);
    add(Event.Kind.MISS, 10_000);
    add(Event.Kind.INVALIDATION, 10_000);

    assertThat(newest(20_000)).hasSize(16_385).startsWith(Event.Kind.CIRCUIT);
    assertThat(newest(10)).as("and told among few").hasSize(10).startsWith(Event.Kind.CIRCUIT);
  }

  @Test
  void whatMinutesCameTo_isKeptForLongest_andLeavesRoomForTheRest() {
    add(Event.Kind.MINUTE, 1_400);
    add(Event.Kind.CIRCUIT, 5_000);
    add(Event.Kind.LOAD, 10_000);

    assertThat(newest(20_000)).filteredOn(Event.Kind.MINUTE::equals).hasSize(1_400);
    assertThat(newest(50)).filteredOn(Event.Kind.MINUTE::equals).hasSize(5);
    assertThat(newest(50)).filteredOn(Event.Kind.LOAD::equals).hasSize(20);
  }

  @Test
  void memory_isBounded() {
    add(Event.Kind.MINUTE, 5_000);
    assertThat(newest(20_000)).hasSize(1_440);
    rings = new EventRings();
    add(Event.Kind.LINK, 5_000);
    assertThat(newest(10_000)).hasSize(1_024);
  }

  @Test
  void events_comeInTheOrderOfTheirIds_theNewestIfThereAreTooMany() {
    add(Event.Kind.LOAD, 3);
    add(Event.Kind.ACTION, 1);
    add(Event.Kind.LOAD, 1);
    assertThat(rings.newest(any -> true, 10))
        .extracting(Event::id)
        .containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(rings.newest(any -> true, 3)).extracting(Event::id).containsExactly(3L, 4L, 5L);
    assertThat(rings.newest(event -> event.id() > 3, 10))
        .extracting(Event::id)
        .containsExactly(4L, 5L);
  }
}
