package tasktracker.knowledge.extraction;

/** What a batch of a run created. */
record BatchResult(int examined, int topics, int atoms, int links, int versions, int quotes, int refused) {}
