package dev.larder.showcase.themoon.data;

import java.util.SplittableRandom;

/** Invents what people say: plausible, and nobody's. Not safe for use by many threads. */
final class Phrases {
  private static final String[] SUBJECTS = {
    "The tide tables", "My sourdough", "The night bus", "This telescope", "The neighbour's cat",
    "Our balcony", "The old radio", "A stray balloon", "The moon tonight", "The new bakery",
    "That staircase", "The library clock", "Our ferry", "The first frost", "My bicycle"
  };
  private static final String[] VERBS = {
    "has opinions about",
    "was late because of",
    "looks better than",
    "refuses to believe in",
    "keeps a diary of",
    "smells faintly of",
    "has outlived",
    "is named after",
    "sings along to",
    "was repaired with",
    "waits every evening for",
    "has nothing to do with"
  };
  private static final String[] OBJECTS = {
    "the weather.", "everything I planned.", "a very small dog.", "the last summer.",
    "somebody's wedding.", "tomorrow.", "two spoons and a shoelace.", "the harbour lights.",
    "a song nobody knows.", "an entire orchestra.", "the second floor.", "what we had for lunch."
  };
  private static final String[] REMARKS = {
    "I saw that too.", "Tell me more.", "Only on Tuesdays.", "This made my morning.",
    "Not where I live.", "A picture, please.", "I knew it.", "Say hello from me.",
    "You should write a book.", "That explains a lot.", "Who would have thought.", "Same here."
  };
  private static final String[] MESSAGES = {
    "Are you there?",
    "On my way.",
    "Ten minutes.",
    "Did you see the moon?",
    "Of course.",
    "Bring the blue one.",
    "I can't find it.",
    "Look on the shelf.",
    "Found it!",
    "Good night.",
    "What time?",
    "After eight.",
    "Fine with me.",
    "I'll ask.",
    "She says yes.",
    "Wonderful.",
    "Call me when you can.",
    "The train is full.",
    "Save me a seat.",
    "See you there."
  };

  private final SplittableRandom random;

  Phrases(SplittableRandom random) {
    this.random = random;
  }

  String post() {
    return pick(SUBJECTS) + " " + pick(VERBS) + " " + pick(OBJECTS);
  }

  String remark() {
    return pick(REMARKS);
  }

  String message() {
    return pick(MESSAGES);
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }
}
