package dev.larder.showcase.halfnote.data;

import dev.larder.showcase.data.Names;
import dev.larder.showcase.halfnote.domain.Avatar;
import dev.larder.showcase.halfnote.domain.Genres;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Invents prose out of half sentences: plausible, and nobody's. */
final class Words {
  private static final String[] HABITS = {
    "Records on in every room.",
    "Mostly vinyl, sometimes patience.",
    "Plays bass, badly.",
    "Listening through the alphabet.",
    "One album a day, no skipping.",
    "Headphones optional.",
    "Keeps a notebook for B-sides.",
    "Night shifts and long players.",
    "Ask me about side two.",
    "Rates slowly.",
    "Dances at bus stops.",
    "Collects first takes.",
    "Here for the drums.",
    "Will defend the third album.",
    "Quiet music for loud trains.",
    ""
  };
  private static final String[] OPENINGS = {
    "The first side opens slowly", "It starts in the middle of a thought",
        "You hear the room first",
    "The drums sit far back", "A patient record", "Shorter than I remembered",
    "The melodies arrive late", "There is more space here than before",
        "It wants to be played loud",
    "The singing is closer this time", "A record of small gestures",
        "Half of it sounds like weather",
    "The bass does most of the talking", "Nothing here hurries", "It took me three evenings",
    "The hooks hide well", "An odd choice of opener", "The strings are a surprise",
    "Everything is slightly out of focus", "It begins better than it ends"
  };
  private static final String[] MIDDLES = {
    "and then finds its feet", "but the second half holds it together",
    "and never quite lands the chorus", "while the guitars argue in the corners",
    "and I keep coming back for the last two songs", "but it earns every minute",
    "and the quiet parts are the best parts", "though the mix is muddy in places",
    "and somehow it works", "but the closing track forgives everything",
    "and the words stay with you", "while the rhythm keeps moving sideways",
    "but I miss the rough edges", "and it grows with every play",
    "though one ballad too many slows it down", "and the silence after it is part of the song"
  };
  private static final String[] ENDINGS = {
    "Good for long walks.",
    "Not for every day.",
    "Already wearing it out.",
    "I expected more.",
    "Best heard twice.",
    "A keeper.",
    "File under late nights.",
    "Would buy again.",
    "It will divide people.",
    "Start with track three.",
    "Better than its reputation.",
    "My favourite this month.",
    "I am still undecided.",
    "Play it in the kitchen.",
    "One for the train.",
    "Let it run to the end."
  };
  private static final String[] REMARKS = {
    "Exactly this.",
    "I hear it the other way round.",
    "Track four though!",
    "Trying it tonight.",
    "You talked me into it.",
    "Too kind, I think.",
    "The live version is better.",
    "Have you tried the one before?",
    "Agreed on the drums.",
    "This made me play it again.",
    "Not convinced, but well put.",
    "Side two changes my mind.",
    "Adding it to my list.",
    "The last song alone is worth it.",
    "I skipped it for years.",
    "More reviews like this, please."
  };
  private static final String[] LIST_HEADS = {
    "Records for",
    "Albums about",
    "Slow ones for",
    "Loud ones for",
    "The best of",
    "Discovered in",
    "Lost and found:",
    "Songs before",
    "Everything for",
    "Late finds for"
  };
  private static final String[] LIST_TAILS = {
    "rainy Sundays",
    "night trains",
    "the kitchen",
    "long drives",
    "the first snow",
    "working late",
    "an empty flat",
    "early mornings",
    "the coast road",
    "doing nothing",
    "a new turntable",
    "the garden",
    "headphones only",
    "moving house"
  };

  private final SplittableRandom random;
  private final Names names;

  Words(long seed) {
    random = new SplittableRandom(seed);
    names = new Names(random);
  }

  /** Names of people and places, drawn from the same source. */
  Names names() {
    return names;
  }

  String bio() {
    String first = pick(HABITS);
    return random.nextInt(3) == 0 ? (first + " " + pick(HABITS)).strip() : first;
  }

  String avatar() {
    String shape = Avatar.SHAPES.get(random.nextInt(Avatar.SHAPES.size()));
    return new Avatar(shape, random.nextInt(360)).toString();
  }

  List<String> genres() {
    List<String> chosen = new ArrayList<>();
    int count = random.nextInt(Genres.MOST_FAVOURITES + 1);
    while (chosen.size() < count) {
      String genre = Genres.ALL.get(random.nextInt(Genres.ALL.size()));
      if (!chosen.contains(genre)) {
        chosen.add(genre);
      }
    }
    return chosen;
  }

  String review() {
    String text = pick(OPENINGS) + " " + pick(MIDDLES) + ".";
    if (random.nextInt(3) == 0) {
      text += " " + pick(OPENINGS) + ", " + pick(MIDDLES) + ".";
    }
    return text + " " + pick(ENDINGS);
  }

  String comment() {
    return random.nextInt(4) == 0 ? pick(REMARKS) + " " + pick(REMARKS) : pick(REMARKS);
  }

  String listTitle() {
    return pick(LIST_HEADS) + " " + pick(LIST_TAILS);
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }
}
