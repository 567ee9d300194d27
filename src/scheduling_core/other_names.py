"""What fields and languages are called beside the names that doctors give them: in German, and by whoever looks for one.

Doctors write fields and languages in English, by a list or freely. People type what they would say: "Hautarzt", "ENT".
The first of each is its German name, as the web client shows it.
"""

from collections.abc import Mapping
from functools import lru_cache

from scheduling_core.search import BESIDE, searchable

FIELDS: Mapping[str, tuple[str, ...]] = {
    "Allergies (immunology)": (
        "Allergien (Immunologie)",
        "allergist allergologist immunologist Allergologie Allergologin",
    ),
    "Bones and joints (orthopedics)": (
        "Knochen und Gelenke (Orthopädie)",
        "orthopaedics orthopaedist orthopedist Orthopädin",
    ),
    "Cancer (oncology)": ("Krebs (Onkologie)", "oncologist Onkologe Onkologin"),
    "Children (pediatrics)": (
        "Kinder (Pädiatrie)",
        "child kids paediatrics paediatrician pediatrician Kinderarzt Kinderärztin Kinderheilkunde Pädiater",
    ),
    "Ear, nose and throat": (
        "Hals, Nase, Ohren",
        "ENT otolaryngology otolaryngologist HNO HNO-Arzt HNO-Ärztin Hals-Nasen-Ohren-Arzt Ohrenarzt",
    ),
    "Eyes (ophthalmology)": ("Augen (Ophthalmologie)", "ophthalmologist oculist Augenarzt Augenärztin Augenheilkunde"),
    "General practice": (
        "Allgemeinmedizin",
        "GP practitioner family doctor physician Hausarzt Hausärztin Allgemeinarzt Allgemeinmediziner praktischer Arzt",
    ),
    "Heart (cardiology)": ("Herz (Kardiologie)", "cardiologist Kardiologe Kardiologin Herzarzt"),
    "Hormones (endocrinology)": ("Hormone (Endokrinologie)", "endocrinologist thyroid Endokrinologe Schilddrüse"),
    "Internal medicine": ("Innere Medizin", "internist Internistin"),
    "Kidneys (nephrology)": ("Nieren (Nephrologie)", "nephrologist Nephrologe Nephrologin Nierenarzt"),
    "Lungs (pulmonology)": ("Lunge (Pneumologie)", "pulmonologist Lungenarzt Lungenärztin Pneumologe Pulmologie"),
    "Mental health (psychiatry)": ("Seelische Gesundheit (Psychiatrie)", "psychiatrist Psychiater Psychiaterin Psyche"),
    "Nerves (neurology)": ("Nerven (Neurologie)", "neurologist Neurologe Neurologin Nervenarzt Nervenärztin"),
    "Skin (dermatology)": ("Haut (Dermatologie)", "dermatologist Hautarzt Hautärztin Dermatologe Dermatologin"),
    "Stomach (gastroenterology)": (
        "Magen und Darm (Gastroenterologie)",
        "bowel gastroenterologist Gastroenterologe Gastroenterologin",
    ),
    "Surgery": ("Chirurgie", "surgeon Chirurg Chirurgin"),
    "Teeth (dentistry)": ("Zähne (Zahnmedizin)", "tooth dental dentist Zahnarzt Zahnärztin"),
    "Urinary tract (urology)": ("Harnwege (Urologie)", "bladder urologist Urologe Urologin Blase"),
    "Women's health (gynecology)": (
        "Frauengesundheit (Gynäkologie)",
        "gynaecology gynaecologist gynecologist Frauenarzt Frauenärztin Frauenheilkunde Gynäkologe Gynäkologin",
    ),
}
LANGUAGES: Mapping[str, str] = {
    "Albanian": "Albanisch",
    "Arabic": "Arabisch",
    "Bengali": "Bengalisch",
    "Bulgarian": "Bulgarisch",
    "Cantonese": "Kantonesisch",
    "Chinese": "Chinesisch",
    "Croatian": "Kroatisch",
    "Czech": "Tschechisch",
    "Danish": "Dänisch",
    "Dutch": "Niederländisch",
    "English": "Englisch",
    "Farsi": "Persisch",
    "Finnish": "Finnisch",
    "French": "Französisch",
    "German": "Deutsch",
    "Greek": "Griechisch",
    "Hebrew": "Hebräisch",
    "Hungarian": "Ungarisch",
    "Irish": "Irisch",
    "Italian": "Italienisch",
    "Japanese": "Japanisch",
    "Korean": "Koreanisch",
    "Kurdish": "Kurdisch",
    "Mandarin": "Hochchinesisch",
    "Norwegian": "Norwegisch",
    "Persian": "Persisch",
    "Polish": "Polnisch",
    "Portuguese": "Portugiesisch",
    "Punjabi": "Pandschabi",
    "Romanian": "Rumänisch",
    "Russian": "Russisch",
    "Serbian": "Serbisch",
    "Slovak": "Slowakisch",
    "Slovenian": "Slowenisch",
    "Spanish": "Spanisch",
    "Swedish": "Schwedisch",
    "Turkish": "Türkisch",
    "Ukrainian": "Ukrainisch",
    "Vietnamese": "Vietnamesisch",
}
_REMEMBERED = 4_096


@lru_cache(maxsize=_REMEMBERED)
def other_names(specialization: str, languages: tuple[str, ...] = ()) -> str:
    """What a doctor of this field who speaks these languages is found by beside their own words, to stand behind those."""
    spoken = (name for each in languages for name in (each, LANGUAGES.get(each, "")))
    return BESIDE + searchable(*FIELDS.get(specialization, ()), *spoken)
