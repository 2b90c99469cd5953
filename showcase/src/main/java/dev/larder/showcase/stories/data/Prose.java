package dev.larder.showcase.stories.data;

import java.util.SplittableRandom;

/** Invents titles, stories and remarks out of half sentences. Used by one thread. */
final class Prose {
  static final String[] TAGS = {
    "travel", "family", "work", "weather", "cooking", "music", "trains", "gardens", "winter",
    "letters", "neighbours", "school", "money", "dogs", "night", "islands", "bridges", "markets",
    "machines", "silence"
  };

  private static final String[] HEADS = {
    "The last",
    "A quiet",
    "My grandmother's",
    "The missing",
    "Seven ways to",
    "Notes on a",
    "The other",
    "An unfinished",
    "Before the",
    "After the",
    "The price of a",
    "How to keep a",
    "In praise of the"
  };
  private static final String[] THINGS = {
    "bridge",
    "winter",
    "kitchen",
    "letter",
    "garden",
    "lighthouse",
    "orchard",
    "train",
    "market",
    "island",
    "piano",
    "river",
    "harbour",
    "staircase",
    "clock",
    "map"
  };
  private static final String[] ENDS = {
    "",
    "",
    " in the rain",
    " by the sea",
    " at night",
    " of the north",
    " without a name",
    " that nobody wanted",
    " on the hill",
    " next door"
  };
  private static final String[] SENTENCES = {
    "Nobody in our street had ever asked where the water went.",
    "I found it in a drawer, under bills that were older than I am.",
    "There are mornings on which the whole town smells of bread.",
    "She said it once and never came back to it.",
    "The ferry was late, as it is whenever it matters.",
    "It took us three summers to learn what the tree wanted.",
    "What I remember is the sound, and that it stopped.",
    "We counted the windows and came to a different number each time.",
    "My father kept two watches, one for each of his lives.",
    "You could see the mountains on two days of the year.",
    "In the end it was the cat who decided.",
    "The machine worked, which surprised its owner most of all."
  };
  private static final String[] REMARKS = {
    "This stayed with me all day.",
    "I know that street.",
    "The ending surprised me.",
    "Please write about the summer too.",
    "My mother told it differently.",
    "I had to read the middle twice.",
    "What became of the cat?",
    "Shorter than I wished.",
    "Thank you for this.",
    "I do not believe a word, and I loved it.",
    "The second paragraph is the whole story.",
    "More of these, please."
  };
  private static final String[] BIOS = {
    "Writes before breakfast.",
    "Collects other people's beginnings.",
    "Lives by the river, seldom dry.",
    "Retired from a job that is hard to explain.",
    "Letters, trains, and the weather.",
    ""
  };

  private final SplittableRandom random;

  Prose(SplittableRandom random) {
    this.random = random;
  }

  String title() {
    return pick(HEADS) + " " + pick(THINGS) + pick(ENDS);
  }

  String story() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      text.append(i == 0 ? "" : i == 2 ? "\n\n" : " ").append(pick(SENTENCES));
    }
    return text.toString();
  }

  String remark() {
    return pick(REMARKS);
  }

  String bio() {
    return pick(BIOS);
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }
}
