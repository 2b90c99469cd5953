package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.tier.Board;
import dev.larder.tier.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link Board} does. */
public abstract class BoardContract extends Contract {

  private static final String TOPIC = "nodes";

  /** For subclasses. */
  protected BoardContract() {}

  private static Board board(Store store) {
    Board board = store.board();
    if (board == null) {
      throw new AssertionError("store '" + store.name() + "' has no board");
    }
    return board;
  }

  private Board board() {
    return board(store());
  }

  private void pin(String topic, String author, String note) {
    get(board().pin(topic, author, utf8(note), LONG));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> texts(Map<String, byte[]> notes) {
    Map<String, String> texts = new HashMap<>();
    notes.forEach((author, note) -> texts.put(author, new String(note, StandardCharsets.UTF_8)));
    return texts;
  }

  private Map<String, String> notes(String topic) {
    return texts(get(board().notes(topic)));
  }

  @Test
  void isTheSameObjectAlways() {
    assertThat(store().board()).isNotNull().isSameAs(store().board());
  }

  @Test
  void notes_nothingPinned_isEmpty() {
    assertThat(notes(TOPIC)).isEmpty();
  }

  @Test
  void pin_isSeenByOtherNodes() {
    pin(TOPIC, "a", "1");
    pin(TOPIC, "b", "2");
    assertThat(texts(get(board(anotherNode()).notes(TOPIC)))).isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test
  void pin_again_replaces() {
    pin(TOPIC, "a", "1");
    pin(TOPIC, "a", "2");
    assertThat(notes(TOPIC)).isEqualTo(Map.of("a", "2"));
  }

  @Test
  void unpin_takesOffThoseNamed() {
    pin(TOPIC, "a", "1");
    pin(TOPIC, "b", "2");
    pin(TOPIC, "c", "3");
    get(board().unpin(TOPIC, List.of("a", "c", "never pinned")));
    assertThat(notes(TOPIC)).isEqualTo(Map.of("b", "2"));
  }

  @Test
  void unpin_nothing_isHarmless() {
    pin(TOPIC, "a", "1");
    get(board().unpin(TOPIC, List.of()));
    get(board().unpin("other", List.of("a")));
    assertThat(notes(TOPIC)).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void topicsAreApart() {
    pin("one", "a", "1");
    pin("two", "a", "2");
    get(board().unpin("two", List.of("a")));
    assertThat(notes("one")).isEqualTo(Map.of("a", "1"));
    assertThat(notes("two")).isEmpty();
  }

  @Test
  void keyPrefixesAreApart() {
    pin(TOPIC, "a", "1");
    Board other = board(stranger());
    assertThat(get(other.notes(TOPIC))).isEmpty();
    get(other.unpin(TOPIC, List.of("a")));
    assertThat(notes(TOPIC)).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void lifeOver_isGone_othersStay() {
    pin(TOPIC, "stays", "1");
    get(board().pin(TOPIC, "goes", utf8("2"), shortLife()));
    assertThat(notes(TOPIC)).containsEntry("goes", "2");
    eventually(shortLife(), () -> !notes(TOPIC).containsKey("goes"));
    assertThat(notes(TOPIC)).isEqualTo(Map.of("stays", "1"));
  }

  @Test
  void lifeIsThatOfTheLastPin() {
    get(board().pin(TOPIC, "longer", utf8("1"), shortLife()));
    get(board().pin(TOPIC, "longer", utf8("2"), LONG));
    get(board().pin(TOPIC, "shorter", utf8("1"), LONG));
    get(board().pin(TOPIC, "shorter", utf8("2"), shortLife()));
    eventually(shortLife(), () -> !notes(TOPIC).containsKey("shorter"));
    assertThat(notes(TOPIC)).isEqualTo(Map.of("longer", "2"));
  }

  @Test
  void life_notOverYet_isThere() {
    Duration life = shortLife().multipliedBy(60);
    get(board().pin(TOPIC, "a", utf8("1"), life));
    elapse(shortLife());
    assertThat(notes(TOPIC)).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void pin_afterAnEnd_isThereAgain() {
    get(board().pin(TOPIC, "a", utf8("1"), shortLife()));
    eventually(shortLife(), () -> notes(TOPIC).isEmpty());
    pin(TOPIC, "a", "2");
    assertThat(notes(TOPIC)).isEqualTo(Map.of("a", "2"));
  }

  @Test
  void authorsMayBeAnyText() {
    Map<String, String> expected = new HashMap<>();
    hostileTexts().forEach(author -> {
      pin(TOPIC, author, "note of " + author);
      expected.put(author, "note of " + author);
    });
    assertThat(notes(TOPIC)).isEqualTo(expected);
    get(board().unpin(TOPIC, expected.keySet()));
    assertThat(notes(TOPIC)).isEmpty();
  }

  @Test
  void notesAreAnyBytes() {
    byte[] all = new byte[512];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    byte[] longest = new byte[Board.MAX_BYTES];
    Arrays.fill(longest, (byte) 0xff);
    get(board().pin(TOPIC, "all", all, LONG));
    get(board().pin(TOPIC, "none", new byte[0], LONG));
    get(board().pin(TOPIC, "longest", longest, LONG));
    Map<String, byte[]> notes = get(board().notes(TOPIC));
    assertThat(notes).containsOnlyKeys("all", "none", "longest");
    assertThat(at(notes, "all")).isEqualTo(all);
    assertThat(at(notes, "none")).isEmpty();
    assertThat(at(notes, "longest")).isEqualTo(longest);
  }

  @Test
  void pin_tooLong_isRefused() {
    assertThatThrownBy(() -> get(board().pin(TOPIC, "a", new byte[Board.MAX_BYTES + 1], LONG)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("524289")
        .hasMessageContaining("524288");
    assertThat(notes(TOPIC)).isEmpty();
  }

  @Test
  void pin_withoutLife_isRefused() {
    assertThatThrownBy(() -> get(board().pin(TOPIC, "a", new byte[1], Duration.ZERO)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0S");
  }

  @Test
  void otherTopics_areRefused() {
    for (String topic : List.of("", "Upper", "a:b", "a b", "a_b", "{a}", "ü", "a*")) {
      assertThatThrownBy(() -> get(board().pin(topic, "a", new byte[1], LONG)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + topic + "'");
      assertThatThrownBy(() -> get(board().notes(topic)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> get(board().unpin(topic, List.of("a"))))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void pin_manyAtOnce_allAreThere() {
    inParallel(8, author -> () -> {
      for (int i = 0; i < 25; i++) {
        get(board().pin(TOPIC, author + "." + i, utf8("x"), LONG));
      }
      return author;
    });
    assertThat(notes(TOPIC)).hasSize(200);
  }
}
