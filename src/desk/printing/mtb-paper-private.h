#pragma once

#include "mtb-paper.h"

G_BEGIN_DECLS

/* A4, in points, and its margins on every side. */
#define MTB_PAPER_SHORT 595.28
#define MTB_PAPER_LONG 841.89
#define MTB_PAPER_MARGIN 42.52

typedef struct
{
  char *name;
  char *words;
} MtbPaperFact;

typedef struct
{
  char *heading;
  MtbPaperKind kind;
} MtbPaperColumn;

typedef struct
{
  char *text;
  gboolean is_heading;
} MtbPaperParagraph;

/* A cell's words are what is shown; what is plain is what a program reads, where it differs. */
typedef struct
{
  char *words;
  char *plain;
} MtbPaperCell;

/* What all the pages of a controlled form say. */
typedef struct
{
  char *organisation;
  char *number;
  char *issue;
  char *version;
  char *date;
} MtbPaperForm;

struct _MtbPaper
{
  GObject parent_instance;

  char *title;
  MtbPaperForm *form;
  GArray *facts;
  GArray *columns;
  GArray *cells;
  GArray *paragraphs;
};

gboolean mtb_paper_is_mirrored (MtbPaper *self);
int mtb_paper_weigh (const char *text);

G_END_DECLS
