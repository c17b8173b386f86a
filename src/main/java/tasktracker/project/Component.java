package tasktracker.project;

import java.util.List;

/** A part of a project with its own keywords. */
public record Component(String name, List<String> keywords) {}
