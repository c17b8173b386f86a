package tasktracker.platform.job;

/**
 * This server has begun to work. Told beside the start, to those who only want something done from now on: nobody waits
 * for them, and a failure of theirs is logged and costs no start.
 */
public record ApplicationStarted() {}
