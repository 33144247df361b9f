"""Publishes a consumer-protection hub from Chinese Markdown. The packages, in the order in which they may import:

problems, clock, urls   what went wrong and how to say it; the injected date; addresses
printing/ archives/ pictures/   Typst and its faces; the one form of our zips; pictures, looked at and copied
content/                the model: kinds of items, front matter, vocabulary, the frozen catalog
review/                 may this be public: approvals, policy, lint, the audit of the finished tree
site.py                 the one road from a folder to a judged catalog
markup/                 Markdown to clean HTML
pages/                  what templates may read
sections/ topics/ bulletin/   which pages there are
engine/                 plan, render, emit; staging and swap
safety/                 content security policy and the audit of the output
*/plugin.py             the only files that import mkdocs
"""
